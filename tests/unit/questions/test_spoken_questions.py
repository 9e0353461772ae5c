"""Which sentences of an interview are questions that somebody was asked."""

from practice.base.sentences import Sentence
from practice.questions.spoken_questions import pick_questions

MARKED: dict[str, list[tuple[str, bool]]] = {
    "en": [
        ("So, tell me a little about yourself.", True),
        ("Hi, can you hear me?", False),
        ("Great, and why did you leave your last job?", True),
        ("We have about forty people in the office, right?", False),
        ("Okay, so what would you do if a deadline slipped?", True),
        ("I worked with the payments team for three years.", False),
        ("Could you walk me through a project you are proud of?", True),
        ("They asked me why I wanted to move to a smaller company.", True),
        ("I asked them how big the team was.", False),
        ("Um, give us an example of a conflict with a colleague.", True),
        ("Does that make sense?", False),
        ("Where do you see yourself in five years?", True),
        ("I was like, why would anybody do that.", False),
        ("Then they wanted to know how I deal with stress.", True),
    ],
    "de": [
        ("Gut, erzählen Sie mal ein bisschen von sich.", True),
        ("Können Sie mich hören?", False),
        ("Warum haben Sie sich bei uns beworben?", True),
        ("Ich habe dort drei Jahre gearbeitet.", False),
        ("Dann haben sie mich gefragt, warum ich gewechselt habe.", True),
        ("Das ist bei uns ganz normal, oder?", False),
        ("Und wie gehen Sie mit Kritik um?", True),
        ("Möchten Sie etwas trinken?", False),
        ("Nennen Sie mir doch ein Beispiel für einen Fehler.", True),
        ("Ich habe gefragt, wie groß das Team ist.", False),
        ("Was war Ihre größte Herausforderung?", True),
        ("Die wollten wissen, ob ich umziehen würde.", True),
    ],
    "fr": [
        ("Alors, parlez-moi un peu de votre parcours.", True),
        ("Vous m'entendez bien ?", False),
        ("Pourquoi avez-vous quitté votre dernier poste ?", True),
        ("J'ai travaillé pour une banque pendant deux ans.", False),
        ("Ils m'ont demandé pourquoi je voulais changer.", True),
        ("C'est une petite équipe, n'est-ce pas ?", False),
        ("Comment gérez-vous les désaccords dans une équipe ?", True),
        ("J'ai demandé combien ils étaient.", False),
        ("Quelles sont vos prétentions salariales ?", True),
        ("Elle voulait savoir si je parlais allemand.", True),
        ("Vous feriez quoi si un client se fâchait ?", True),
        ("On commence ?", False),
    ],
    "es": [
        ("Bueno, háblame un poco de ti.", True),
        ("¿Me oyes bien?", False),
        ("¿Por qué quieres trabajar con nosotros?", True),
        ("Yo estuve tres años en una empresa de seguros.", False),
        ("Me preguntaron cómo manejo el estrés.", True),
        ("Es un equipo pequeño, ¿no?", False),
        ("¿Cuál es tu mayor debilidad?", True),
        ("Yo les pregunté cuántos eran.", False),
        ("Cuéntanos una vez que algo salió mal.", True),
        ("Querían saber si podía viajar.", True),
        ("Y entonces, ¿qué harías en los primeros cien días?", True),
        ("¿Quiere un café?", False),
    ],
    "it": [
        ("Allora, mi parli un po' di lei.", True),
        ("Mi sente bene?", False),
        ("Perché ha lasciato il suo ultimo lavoro?", True),
        ("Ho lavorato per tre anni in una banca.", False),
        ("Mi hanno chiesto come gestisco lo stress.", True),
        ("Siete in dieci, giusto?", False),
        ("Quali sono i suoi punti di forza?", True),
        ("Ho chiesto quante persone ci sono nel team.", False),
        ("Ci racconti di una volta in cui ha sbagliato.", True),
        ("Volevano sapere se potevo viaggiare.", True),
        ("Che cosa farebbe nei primi mesi con noi?", True),
        ("Vuole un caffè?", False),
    ],
}
"""As people say it; True where a question of the interview was asked or is told of."""

HELD_OUT: dict[str, list[tuple[str, bool]]] = {
    "en": [
        ("Yeah, so what drew you to this field in the first place?", True),
        ("Is it okay if I record this?", False),
        ("One of them asked if I had ever managed people.", True),
        ("You'd be working from Leeds, is that correct?", False),
        ("Maybe you can say something about the gap in your CV.", True),
        ("And I thought, what have I got to lose?", False),
    ],
    "de": [
        ("Vielleicht sagen Sie uns kurz, wer Sie sind.", True),
        ("Hat alles mit der Anfahrt geklappt?", False),
        ("Was bringt Sie aus der Ruhe?", True),
        ("Ein Kollege wollte wissen, wie ich mit Excel klarkomme.", True),
        ("Wir duzen uns hier alle, ist das in Ordnung?", False),
        ("Da habe ich lange überlegt.", False),
    ],
    "fr": [
        ("Qu'est-ce qui vous attire chez nous ?", True),
        ("Vous prendrez un verre d'eau ?", False),
        ("Et si vous deviez choisir un seul défaut ?", True),
        ("La dame m'a demandé si j'étais mobile.", True),
        ("Donc vous êtes à Lyon, c'est bien ça ?", False),
        ("Je me suis dit que ce serait difficile.", False),
    ],
    "es": [
        ("¿Y qué tal te llevas con la presión?", True),
        ("¿Se escucha bien?", False),
        ("A ver, cuéntame de tu último jefe.", True),
        ("Luego me preguntaron que cuánto quería ganar.", True),
        ("La oficina está en Vigo, ¿verdad?", False),
        ("Fue un proyecto muy largo.", False),
    ],
    "it": [
        ("Come mai vuole cambiare adesso?", True),
        ("Ha trovato parcheggio?", False),
        ("Mi dica tre aggettivi che la descrivono.", True),
        ("Uno mi ha chiesto quanto volevo guadagnare.", True),
        ("Lei abita a Torino, no?", False),
        ("Poi abbiamo parlato del progetto.", False),
    ],
}
"""Written after the phrases were set, and not used to set them."""


def pick(texts: list[str]) -> list[Sentence]:
    return pick_questions([Sentence(text, float(at)) for at, text in enumerate(texts)])


def count(table: dict[str, list[tuple[str, bool]]]) -> tuple[int, int, int]:
    """Questions found rightly, found wrongly, and missed."""
    hits = wrong = missed = 0
    for rows in table.values():
        found = {each.start_s for each in pick([text for text, _ in rows])}
        for at, (_, is_question) in enumerate(rows):
            hits += is_question and float(at) in found
            wrong += not is_question and float(at) in found
            missed += is_question and float(at) not in found
    return hits, wrong, missed


def test_few_of_the_sentences_that_set_the_phrases_are_missed_or_taken_wrongly() -> None:
    hits, wrong, missed = count(MARKED)
    assert hits + missed >= 30
    assert missed <= 2
    assert wrong <= 2


def test_sentences_that_set_nothing_are_told_apart_as_well_as_the_findings_say() -> None:
    hits, wrong, missed = count(HELD_OUT)
    assert hits + missed == 15
    assert missed <= 4
    assert wrong <= 8


def test_what_is_told_is_offered_as_what_was_asked_with_its_time() -> None:
    found = pick(["It was fine.", "They asked me why I left.", "The rest was small talk, and you?"])
    assert found[0] == Sentence("Why I left.", 1.0)


def test_a_text_without_question_marks_is_read_by_its_openings() -> None:
    found = pick(["so why did you leave your last job", "I was there for the money and the people"])
    assert [each.text for each in found] == ["Why did you leave your last job"]


def test_a_question_mark_of_any_script_makes_a_question() -> None:
    asked = ["为什么选择我们公司？", "ما هي نقاط قوتك؟", "Γιατί εμείς\u037e"]
    assert [each.text for each in pick([*asked, "我在那里工作了三年。"])] == asked


def test_a_question_that_is_asked_twice_is_offered_once() -> None:
    assert len(pick(["Why do you want that?", "So, why do you want that?"])) == 1


def test_nothing_is_found_where_nothing_was_said() -> None:
    assert pick([]) == pick(["", "…", "?"][:2]) == []
