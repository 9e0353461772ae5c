"""The first start, microphone, models, what is caught, settings."""
