"""A training step of the U-Net: forward, mean squared error, backward, AdamW. The batch is drawn beforehand."""

import torch
from packed_arrays import pack, unpack
from torch.nn.functional import mse_loss
from unet import UNet, flat_gradient, flat_order, load_flat, to_ours

UPDATES_OF_ANSWER = 5
LAYOUTS = {"channels first": torch.contiguous_format, "channels last": torch.channels_last}


def prepare(work, threads, compiled):
    torch.set_num_threads(threads)
    return UnetStep(work, compiled)


class UnetStep:
    name = "PyTorch"

    def __init__(self, work, compiled):
        torch.compiler.reset()
        self.work = work
        groups = ["eager", "compiled"] if compiled else ["eager"]
        self.variants = [{"name": layout, "group": group} for group in groups for layout in LAYOUTS]
        self.steps = {}

    def answer(self, variant):
        network, step = self.make(variant)
        self.steps[(variant["group"], variant["name"])] = step
        loss = step()
        gradient = flat_gradient(network)
        for _ in range(UPDATES_OF_ANSWER - 1):
            step()
        # A gain is held less 1 in the flat vector.
        updated = [to_ours(value - 1 if kind == "gain" else value, kind) for value, kind in flat_order(network)]
        return {
            "loss": loss.item(),
            "gradient": pack(gradient.numpy()),
            "updated parameters": pack(torch.cat(updated).detach().numpy()),
        }

    def run(self, variant, units):
        step = self.steps[(variant["group"], variant["name"])]
        for _ in range(units):
            step()

    def make(self, variant):
        work, layout = self.work, LAYOUTS[variant["name"]]
        count, size = work["batchSize"], work["size"]
        network = UNet(channels=tuple(work["channels"]))
        load_flat(network, torch.from_numpy(unpack(work["parameters"], -1)))
        network = network.to(memory_format=layout)
        optimizer = torch.optim.AdamW(
            network.parameters(), lr=work["learningRate"], weight_decay=work["weightDecay"], fused=True
        )
        images = [torch.from_numpy(unpack(work[name], count, 1, size, size)) for name in ("x", "target")]
        x, target = (image.to(memory_format=layout) for image in images)
        t = torch.from_numpy(unpack(work["t"], count))
        loss_of = lambda: mse_loss(network(x, t), target)
        if variant["group"] == "compiled":
            loss_of = torch.compile(loss_of, dynamic=False)

        def step():
            optimizer.zero_grad(set_to_none=True)
            loss = loss_of()
            loss.backward()
            optimizer.step()
            return loss

        return network, step
