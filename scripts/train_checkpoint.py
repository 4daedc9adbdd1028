"""Train the small Whisper checkpoint of the tests: `python -m scripts.train_checkpoint`."""

import argparse
import logging
from pathlib import Path

import torch

from scripts.checkpoint.training import train

CHECKPOINT = Path(__file__).parents[1] / "tests" / "data" / "whisper-sample.pt"


def main() -> None:
    """Train on one thread, so that the same seed gives the same weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=CHECKPOINT)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.set_num_threads(1)
    train(arguments.out, seed=arguments.seed)


if __name__ == "__main__":
    main()
