"""Train the small Whisper checkpoint of the tests: `python -m scripts.train_checkpoint`."""

import argparse
import logging
from pathlib import Path

import torch

from scripts.checkpoint.training import STAGES, train

CHECKPOINT = Path(__file__).parents[1] / "tests" / "data" / "whisper-sample.pt"


def main() -> None:
    """Train on one thread, so that the same seed gives the same weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=CHECKPOINT)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--continue-from", type=Path, help="an earlier checkpoint of this program")
    parser.add_argument("--first-stage", type=int, default=1)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.set_num_threads(1)
    train(
        arguments.out,
        seed=arguments.seed,
        stages=STAGES[arguments.first_stage - 1 :],
        continued_from=arguments.continue_from,
    )


if __name__ == "__main__":
    main()
