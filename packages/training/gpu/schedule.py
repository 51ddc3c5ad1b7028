"""Learning rate and the other scalars that change from step to step: those of the trainer.

A test holds this against optimize/schedule.ts, which says why they are as they are. Only the standard library is used, so
that it can do so wherever there is Python.
"""

import math


def schedule_at(schedule, optimizer, step, progress):
    """The scalars of one step.

    schedule, optimizer: as in run.json; step: number of steps done before this one; progress: share of the run that is
    over, 0 … 1
    """
    peakRate, warmup, averageDecay = schedule["peakRate"], schedule["warmup"], schedule["averageDecay"]
    beta1, beta2 = optimizer["beta1"], optimizer["beta2"]
    cosine = 0.5 * (1 + math.cos(math.pi * min(1, max(0, progress))))
    return {
        "rate": peakRate * min(1, (step + 1) / warmup) * cosine,
        "correction1": 1 / (1 - beta1 ** (step + 1)),
        "correction2": 1 / (1 - beta2 ** (step + 1)),
        "averageDecay": min(averageDecay, (step + 1) / (step + 10)),
    }
