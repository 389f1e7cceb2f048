"""Sampling with the velocity network: fixed Euler or Euler–Maruyama steps over all points, without gradients.

The state is kept in the network's input, whose last column is the time, so that a step moves no more memory than it must.
"""

import math

import torch
from packed_arrays import pack, unpack
from velocity_mlp import make_network

CHUNKS = (1000, 2500)


def prepare(work, threads, compiled):
    torch.set_num_threads(threads)
    return MlpWalk(work, compiled)


class MlpWalk:
    name = "PyTorch"

    def __init__(self, work, compiled):
        torch.compiler.reset()
        self.work = work
        self.network = make_network(work)
        self.start = torch.from_numpy(unpack(work["x0"], work["count"], 2))
        self.noise = torch.from_numpy(unpack(work["noise"], work["steps"], -1, 2)) if work["diffusion"] > 0 else None
        sizes = [("whole batch", work["count"]), *((f"chunks of {size}", size) for size in CHUNKS)]
        self.chunks = dict(sizes)
        groups = ["eager", "compiled"] if compiled else ["eager"]
        self.variants = [{"name": name, "group": group} for group in groups for name, _ in sizes]
        self.networks = {"eager": self.network}
        if compiled:
            self.networks["compiled"] = torch.compile(self.network, dynamic=False)

    def answer(self, variant):
        start = self.start[: self.work["checked"]]
        return {"samples": pack(self.walk(variant, start, self.noise).numpy())}

    def run(self, variant, units):
        for _ in range(units):
            self.walk(variant, self.start, None)

    @torch.inference_mode()
    def walk(self, variant, start, noise):
        network = self.networks[variant["group"]]
        size = self.chunks[variant["name"]]
        steps, diffusion = self.work["steps"], self.work["diffusion"]
        h = 1 / steps
        ends = []
        for first in range(0, len(start), size):
            points = start[first : first + size]
            inputs = torch.empty(len(points), 3)
            state, time = inputs[:, :2], inputs[:, 2]
            state.copy_(points)
            for k in range(steps):
                time.fill_(k * h)
                state.add_(network(inputs), alpha=h)
                if noise is not None:
                    state.add_(noise[k, first : first + size])
                elif diffusion > 0:
                    state.add_(torch.randn(len(points), 2), alpha=diffusion * math.sqrt(h))
            ends.append(state)
        return torch.cat(ends)
