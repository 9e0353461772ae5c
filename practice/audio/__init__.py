"""Sound in and out: devices, the recorder, its spool, files and playback."""
