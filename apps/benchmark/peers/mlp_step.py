"""A training step of the velocity network: forward, mean squared error, backward, AdamW. The batch is drawn beforehand."""

import torch
from packed_arrays import pack, unpack
from torch.nn.functional import mse_loss
from velocity_mlp import flatten, make_network, make_optimizer

UPDATES_OF_ANSWER = 5


def prepare(work, threads, compiled):
    torch.set_num_threads(threads)
    return MlpStep(work, compiled)


class MlpStep:
    name = "PyTorch"

    def __init__(self, work, compiled):
        torch.compiler.reset()
        self.work = work
        count = work["batchSize"]
        points = torch.from_numpy(unpack(work["x"], count, 2))
        times = torch.from_numpy(unpack(work["t"], count, 1))
        self.inputs = torch.cat([points, times], 1)
        self.targets = torch.from_numpy(unpack(work["target"], count, 2))
        self.variants = [{"name": f"AdamW {kind}", "group": "eager"} for kind in ("fused", "foreach", "for-loop")]
        if compiled:
            self.variants += [{"name": "AdamW fused", "group": "compiled"}]
            self.variants += [{"name": "AdamW compiled too", "group": "compiled"}]
        self.steps = {}

    def answer(self, variant):
        network, step = self.make(variant)
        self.steps[(variant["group"], variant["name"])] = step
        loss = step()
        gradient = flatten(network, lambda parameter: parameter.grad)
        for _ in range(UPDATES_OF_ANSWER - 1):
            step()
        updated = flatten(network, lambda parameter: parameter)
        return {"loss": loss.item(), "gradient": pack(gradient), "updated parameters": pack(updated)}

    def run(self, variant, units):
        step = self.steps[(variant["group"], variant["name"])]
        for _ in range(units):
            step()

    def make(self, variant):
        network = make_network(self.work)
        is_compiled = variant["group"] == "compiled"
        kind = "foreach" if "too" in variant["name"] else variant["name"].split()[1]
        optimizer = make_optimizer(network.parameters(), self.work, kind)
        inputs, targets = self.inputs, self.targets
        loss_of = lambda: mse_loss(network(inputs), targets)
        update = optimizer.step
        if is_compiled:
            loss_of = torch.compile(loss_of, dynamic=False)
        if "too" in variant["name"]:
            update = torch.compile(update, dynamic=False)

        def step():
            optimizer.zero_grad(set_to_none=True)
            loss = loss_of()
            loss.backward()
            update()
            return loss

        return network, step
