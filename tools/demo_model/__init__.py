"""A tiny Whisper of our own, trained from nothing on synthetic speech.

The steps, each a module that runs from the repository root: `corpus` writes and speaks the texts,
`train` learns from them, `export` writes a CTranslate2 folder, `evaluate` measures one.
"""
