"""What is done to a page, for counter and centre. No Qt, no SQL."""

import os

# Tesseract on two processors is four times as slow as on one (its threads wait for each other); the library looks at
# this once, when it is loaded, so it must stand here before any module of the room loads it.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")
