"""Who speaks in the sample study, and with which voice."""

from scripts.speech.voices import Voice

MODERATOR = "moderator"
OBSERVER = "observer"

CAST = {
    MODERATOR: Voice("cmu_us_slt"),
    "P01": Voice("cmu_us_slt", stretch=0.95, pitch=1.16, size=0.9),
    "P02": Voice("cmu_us_rms", stretch=1.0, size=1.09),
    "P03": Voice("cmu_us_awb", stretch=0.98, pitch=1.5, size=0.87),
    "P04": Voice("cmu_us_awb", stretch=1.12, pitch=0.78, size=1.08),
    "P05": Voice("cmu_us_slt", stretch=0.98, pitch=0.86, size=1.1),
    "P06": Voice("cmu_us_rms", stretch=0.84, size=0.93),
    "P07": Voice("cmu_us_slt", stretch=1.18, pitch=0.74, size=1.16),
    "P08": Voice("cmu_us_awb", stretch=0.92, pitch=1.0, size=0.98),
    "P09": Voice("cmu_us_slt", stretch=1.14, pitch=1.38, size=0.97),
}
LOUDNESS = {"P08": 1.5}
