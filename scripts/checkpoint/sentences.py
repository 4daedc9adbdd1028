"""The twelve sentences that the small checkpoint knows, and the voices that say them."""

from scripts.speech.voices import Voice

SENTENCES = (
    "I waited three weeks for a visit that took five minutes.",
    "Other people cancel at the last minute and nobody learns of it.",
    "I was on hold for twenty minutes before anyone picked up.",
    "The reminder came on the wrong day, so I stopped trusting it.",
    "My sister says the app is faster, but I still call.",
    "I write every visit into the paper calendar on my fridge.",
    "Please send me a message when somebody cancels their visit.",
    "The phones start ringing at eight and they never stop.",
    "Free slots stay empty because we have no time to call.",
    "I always show up, even when I feel better by then.",
    "What happened the last time you booked a doctor's visit?",
    "How did you feel while you were waiting for an answer?",
)
VOICES = (
    Voice("cmu_us_slt"),
    Voice("cmu_us_rms"),
    Voice("cmu_us_awb"),
    Voice("cmu_us_kal16"),
)
PACES = (0.88, 1.0, 1.15)
