"""What this machine is measured with: a real model that is here, and what it is to hear."""

from practice import demo
from practice.base.paths import Places
from practice.base.settings import Settings
from practice.delivery.transcript.lexicon import load_readable_lexicon
from practice.speech.model_advice import RealModel
from practice.speech.models import ModelStore


def find_real_model(store: ModelStore, settings: Settings, places: Places) -> RealModel | None:
    """The model to time, asked for fillers as it is for a take; None where no real one is here."""
    model = store.find_real(settings.model)
    if model is None or model.path is None:
        return None
    lexicon = load_readable_lexicon(settings.language, places.lexicon)
    return RealModel(model.name, model.path, demo.SAMPLE_ANSWER, lexicon.verbatim_prompt)
