#!/usr/bin/env python3
"""Trains the network on a GPU, in a folder that `npm run gpu -- prepare DIR` wrote.

The training step is the one that the trainer runs in ONNX Runtime: its operators are translated to JAX, one by one, and
XLA compiles the whole. Node processes make the distributions and leave them as files; they pass through
a ring in the GPU's memory, from which each step draws its batch at random.

Needs numpy, onnx and JAX for the GPU (pip install "jax[cuda12]" onnx), node, and the built repository.
"""

import argparse
import collections
import functools
import json
import math
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

from onnx_in_jax import read_graph
from schedule import schedule_at

GENERATOR = Path(__file__).resolve().parents[1] / "dist" / "bin" / "generate.js"

# Steps in one call of the compiled function: hides the time of a call, which is that of a small step.
STEPS_A_CALL = 4
# Calls that may wait on the GPU, so that the schedule follows the clock.
CALLS_AHEAD = 8
# Steps with a loss that is not finite are left out; so many mean that the run is lost.
MOST_SKIPPED = 100


# --- Distributions -------------------------------------------------------------------------------------------


class Generators:
    """Node processes that write chunks of a stream as files, and a thread that reads what they wrote."""

    def __init__(self, run, workers, node, seed, first, size, count=None):
        """Chunks of `size` examples from number `first` on, the processes in turn; `count` in all, or no end."""
        self.arrays, self.bytes, self.size = run["arrays"], run["bytes"] * size, size
        self.folder = Path(tempfile.mkdtemp(prefix="infonet-", dir=self.memory(4 * workers * self.bytes)))
        self.chunks = queue.Queue(maxsize=64)
        self.open = True
        self.processes = [
            subprocess.Popen(
                [node, str(GENERATOR), str(self.folder), "--name", f"g{k}", "--seed", str(seed)]
                + ["--first", str(first + k * size), "--stride", str(workers * size), "--size", str(size)]
                + ["--examples", json.dumps(run["examples"])]
                + ([] if count is None else ["--count", str(len(range(k, count, workers)))]),
                stdin=subprocess.PIPE,  # They end when this is closed, however this process ends,
                start_new_session=True,  # and not by a Ctrl-C that is meant for it.
            )
            for k in range(workers if count is None else min(workers, count))
        ]
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()

    @staticmethod
    def memory(needed):
        """The folder of Linux' shared memory if so many bytes fit in it, else None: the usual temporary one."""
        shared = "/dev/shm"
        return shared if os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > 2 * needed else None

    def read(self):
        while self.open:
            paths = list(self.folder.glob("*.bin"))
            for path in sorted(paths, key=self.first):
                raw = np.fromfile(path, np.uint8)
                path.unlink()
                while self.open:
                    try:
                        self.chunks.put((self.first(path), raw), timeout=0.1)
                        break
                    except queue.Full:
                        continue
            if not paths:
                time.sleep(0.003)

    @staticmethod
    def first(path):
        """The number of the first example, from NAME-FIRST.bin."""
        return int(path.stem.split("-")[1])

    def parse(self, raw):
        if len(raw) != self.bytes:
            raise ValueError(f"a chunk has {len(raw)} bytes, not {self.bytes}; build and prepare again")
        floats = raw[: len(raw) // 4 * 4].view(np.float32)
        arrays, at = {}, 0
        for array in self.arrays:
            shape = (self.size, *array["shape"])
            arrays[array["name"]] = floats[at : at + math.prod(shape)].reshape(shape)
            at += math.prod(shape)
        return arrays

    def take(self, timeout=None):
        """The next chunk: number of its first example, and arrays by name. None if none came in time."""
        for process in self.processes:
            if process.poll():
                raise RuntimeError(f"a generator ended with exit code {process.returncode}; its message is above")
        try:
            first, raw = self.chunks.get(timeout=timeout) if timeout else self.chunks.get_nowait()
        except queue.Empty:
            return None
        return first, self.parse(raw)

    def close(self):
        self.open = False
        for process in self.processes:
            process.stdin.close()
        for process in self.processes:
            process.wait()
        self.thread.join()
        shutil.rmtree(self.folder, ignore_errors=True)


# --- Validation ----------------------------------------------------------------------------------------------


class Validation:
    """The validation set of the trainer, and what it says of weights."""

    def __init__(self, folder, run, workers, node):
        self.run = run["validation"]
        graph, outputs = read_graph(folder / "validation.onnx")
        self.losses = [name for name in outputs if name != self.run["answer"]]
        self.evaluate = jax.jit(lambda theta, batch: graph({"theta": theta, **batch}))
        source = Generators(run, workers, node, self.run["seed"], 0, self.run["batch"], self.run["batches"])
        chunks = []
        while len(chunks) < self.run["batches"]:
            chunk = source.take(timeout=0.1)
            if chunk:
                chunks.append(chunk)
        source.close()
        self.batches = [jax.device_put(arrays) for _, arrays in sorted(chunks, key=lambda chunk: chunk[0])]

    def score(self, theta):
        """Mean losses; mean absolute error of the estimate, nats; share of the truths in the 90 % interval."""
        # Comparable with ONNX Runtime's numbers: in full single precision.
        with jax.default_matmul_precision("highest"):
            answers = [self.evaluate(theta, batch) for batch in self.batches]
        means = {name: float(np.mean([float(answer[name]) for answer in answers])) for name in self.losses}
        quantiles = np.concatenate([np.asarray(answer[self.run["answer"]]) for answer in answers])
        information = np.square(np.maximum(quantiles, 0))
        mi = np.concatenate([np.asarray(batch["mi"]) for batch in self.batches])
        median = information[:, self.run["levels"].index(0.5)]
        # The lower end may round to the truth itself at independence.
        covered = (mi >= information[:, 0] - 1e-9) & (mi <= information[:, -1] + 1e-9)
        return {**means, "mae": float(np.abs(median - mi).mean()), "coverage": float(covered.mean())}


# --- Training ------------------------------------------------------------------------------------------------


def compile_steps(step, outputs, run):
    """Several steps as one function: state, ring, its filled part, key and schedules in; state, key, metrics out."""
    names, batch = run["state"], run["record"]["batch"]
    metrics = [name for name in outputs if not name.startswith("next_")]

    @functools.partial(jax.jit, donate_argnums=(0,))
    def steps(state, ring, filled, key, schedules):
        def one(carry, schedule):
            state, key = carry
            key, draw = jax.random.split(key)
            rows = jax.random.randint(draw, (batch,), 0, filled)
            answer = step({**state, **schedule, **{name: array[rows] for name, array in ring.items()}})
            values = jnp.stack([jnp.reshape(answer[name], ()) for name in metrics])
            finite = jnp.all(jnp.isfinite(values))
            state = {name: jnp.where(finite, answer[f"next_{name}"], state[name]) for name in names}
            return (state, key), values

        (state, key), values = jax.lax.scan(one, (state, key), schedules)
        return state, key, values

    return steps, metrics


@functools.partial(jax.jit, donate_argnums=(0,))
def put(ring, chunk, at):
    """The ring with a chunk written at a row."""
    return {
        name: jax.lax.dynamic_update_slice(array, chunk[name], (at,) + (0,) * (array.ndim - 1))
        for name, array in ring.items()
    }


def schedules_at(record, step, progress):
    """The scalars of the next steps, by name."""
    rows = [schedule_at(record["schedule"], record["optimizer"], step + k, progress) for k in range(STEPS_A_CALL)]
    return {name: jnp.asarray([row[name] for row in rows], jnp.float32) for name in rows[0]}


def train(options, stop):
    folder, result = options.folder, options.folder / "result"
    run = json.loads((folder / "run.json").read_text())
    record = run["record"]
    result.mkdir(exist_ok=True)
    began = time.time()
    log = open(result / "log.txt", "w")

    def say(*words):
        line = " ".join(str(word) for word in (f"[{time.time() - began:7.1f}]", *words))
        print(line, flush=True)
        print(line, file=log, flush=True)

    say(jax.devices()[0].device_kind, " ".join(f"--{name} {value}" for name, value in vars(options).items()))
    state = {name: jnp.asarray(np.fromfile(folder / "start" / f"{name}.bin", np.float32)) for name in run["state"]}
    step_graph, outputs = read_graph(folder / "step.onnx")
    steps, metrics = compile_steps(step_graph, outputs, run)
    validation = Validation(folder, run, options.workers, options.node)
    say("validation at start", tell(validation.score(state["average"])))

    source = Generators(run, options.workers, options.node, record["seed"], record["seen"], options.chunk)
    try:
        ring = {a["name"]: jnp.zeros((options.capacity, *a["shape"]), jnp.float32) for a in run["arrays"]}
        made = used = done = skipped = 0

        def absorb(timeout=None):
            """Moves a chunk into the ring, if there is one."""
            nonlocal ring, made
            chunk = source.take(timeout)
            if chunk:
                ring = put(ring, chunk[1], made % options.capacity)
                made += options.chunk
            return chunk is not None

        while made < options.fill:
            absorb(timeout=0.1)
        key = jax.random.PRNGKey(record["seed"])
        filled = lambda: jnp.int32(min(made, options.capacity))
        say(f"{made} distributions made; compiling")
        # TensorFloat-32: the matrix products of the step in the GPU's fast units.
        with jax.default_matmul_precision("tensorfloat32"):
            steps = steps.lower(state, ring, filled(), key, schedules_at(record, 0, 0)).compile()
        say("compiled")

        def evaluate_and_save():
            score = validation.score(state["average"])
            say("validation", tell(score))
            for name, vector in state.items():
                np.asarray(vector).tofile(result / f"{name}.bin")
            told = dict(step=done, made=made, used=used, seconds=time.time() - start, validation=score)
            (result / "record.json").write_text(json.dumps(told, indent=2) + "\n")

        start = evaluated = logged = time.time()
        before = (done, made)
        calls = collections.deque()
        while not stop.is_set():
            elapsed = time.time() - start
            if elapsed >= options.seconds:
                break
            for _ in range(48):
                if not absorb():
                    break
            # The generator is slower than the GPU: without this limit the few distributions are learnt by heart.
            if used > options.reuse * made:
                absorb(timeout=0.002)
                continue
            schedules = schedules_at(record, run["step"] + done, elapsed / options.seconds)
            state, key, values = steps(state, ring, filled(), key, schedules)
            done += STEPS_A_CALL
            used += STEPS_A_CALL * record["batch"]
            calls.append(values)
            if len(calls) > CALLS_AHEAD:
                calls[-1 - CALLS_AHEAD].block_until_ready()
            now = time.time()
            if now - logged > (5 if elapsed < 30 else 20):
                values = np.concatenate([np.asarray(call) for call in calls])
                finite = np.isfinite(values).all(1)
                skipped += int((~finite).sum())
                if skipped > MOST_SKIPPED:
                    raise RuntimeError(f"{skipped} steps had a loss that is not finite; lower --rate in prepare")
                seconds = time.time() - logged
                say(
                    f"step {done} ({(done - before[0]) / seconds:.0f}/s)",
                    f"made {made} ({(made - before[1]) / seconds:.0f}/s) used {used} skipped {skipped}",
                    tell(dict(zip(metrics, values[finite].mean(0)))) if finite.any() else "",
                )
                calls.clear()
                before, logged = (done, made), time.time()
            if now - evaluated > options.evaluate_every:
                evaluate_and_save()
                evaluated = time.time()
        say("stopped" if stop.is_set() else "done", f"step {done} made {made} used {used}")
        evaluate_and_save()
    finally:
        source.close()


def tell(values):
    return " ".join(f"{name} {value:.5f}" for name, value in values.items())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder of the run; DIR/result is added")
    parser.add_argument("--seconds", type=float, default=530, help="training time; the rate falls to zero towards its end (530)")
    parser.add_argument("--reuse", type=float, default=2, help="times that a distribution is used, on average (2)")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="generator processes (one a core)")
    parser.add_argument("--capacity", type=int, default=524_288, help="distributions in the ring, 24 kB each (524288)")
    parser.add_argument("--fill", type=int, default=16_384, help="distributions in the ring before the first step (16384)")
    parser.add_argument("--chunk", type=int, default=256, help="distributions a generator's file (256)")
    parser.add_argument("--evaluate-every", type=float, default=60, help="seconds between evaluations, which save (60)")
    parser.add_argument("--node", default="node", help="the command for Node (node)")
    options = parser.parse_args()
    if options.capacity % options.chunk or not 0 < options.fill <= options.capacity:
        parser.error(
            f"--capacity is {options.capacity}: a multiple of --chunk {options.chunk}, at least --fill {options.fill}, is needed"
        )
    for path in (options.folder / "run.json", GENERATOR):
        if not path.exists():
            parser.error(f"{path} is missing; npm run build, then npm run gpu -- prepare {options.folder}")
    # Ctrl-C ends the run after the current step and saves.
    stop = threading.Event()
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    train(options, stop)


if __name__ == "__main__":
    main()
