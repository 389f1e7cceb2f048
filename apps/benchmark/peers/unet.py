"""`velocityUnet` of @brenier/nets in PyTorch: same architecture, same parameters, same loss.

No convolution has a bias.
  time t in [0, 1] -> [cos(w_k t), sin(w_k t)], k < base, w_k = 1000 * 10000^(-k / base)
       -> dense (2 base -> 4 base) -> SiLU -> dense (4 base -> 4 base); + class row -> SiLU -> e
  stem: 3x3, image channels -> c0
  down, level l: `blocks` residual blocks (c_{l-1} -> c_l, then c_l -> c_l); keep the result; 2x2 mean pooling (not after the last)
  middle: one residual block c_last -> c_last
  up, level l = L-2 ... 0: 1x1 (c_{l+1} -> c_l), nearest 2x up-sampling, concat with what level l kept, `blocks` residual blocks
       (2 c_l -> c_l, then c_l -> c_l)
  head: GroupNorm(affine) -> SiLU -> 3x3 to image channels
residual block: h = conv3x3(SiLU(GN(x)));  h = conv3x3(SiLU(GN(h) * (1 + scale(e)) + shift(e)));  (1x1 if widths differ)(x) + h
GroupNorm: groups of 8 channels (gcd(8, c)), eps 1e-5.
"""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


def group_norm(c, affine=True):
    return nn.GroupNorm(c // math.gcd(8, c), c, eps=1e-5, affine=affine)


class Block(nn.Module):
    def __init__(self, cin, cout, emb):
        super().__init__()
        self.norm1 = group_norm(cin)
        self.conv1 = nn.Conv2d(cin, cout, 3, padding=1, bias=False)
        self.film = nn.Linear(emb, 2 * cout)
        self.norm2 = group_norm(cout, affine=False)
        self.conv2 = nn.Conv2d(cout, cout, 3, padding=1, bias=False)
        nn.init.zeros_(self.conv2.weight)
        self.skip = nn.Conv2d(cin, cout, 1, bias=False) if cin != cout else nn.Identity()

    def forward(self, x, e):
        h = self.conv1(F.silu(self.norm1(x)))
        scale, shift = self.film(e)[:, :, None, None].chunk(2, 1)
        h = self.conv2(F.silu(self.norm2(h) * (1 + scale) + shift))
        return self.skip(x) + h


class UNet(nn.Module):
    def __init__(self, image_channels=1, channels=(32, 64, 64), blocks=1, classes=0):
        super().__init__()
        base = channels[0]
        emb = 4 * base
        self.base = base
        self.embed = nn.Sequential(nn.Linear(2 * base, emb), nn.SiLU(), nn.Linear(emb, emb))
        self.classes = nn.Embedding(classes + 1, emb) if classes else None  # the last row stands for no class (held at 0 in ours)
        self.stem = nn.Conv2d(image_channels, base, 3, padding=1, bias=False)
        widths = [base, *channels]
        self.down = nn.ModuleList(
            nn.ModuleList(Block(widths[l] if b == 0 else c, c, emb) for b in range(blocks)) for l, c in enumerate(channels))
        self.middle = Block(channels[-1], channels[-1], emb)
        self.narrow = nn.ModuleList(nn.Conv2d(channels[l + 1], channels[l], 1, bias=False) for l in range(len(channels) - 1))
        self.up = nn.ModuleList(
            nn.ModuleList(Block(2 * c if b == 0 else c, c, emb) for b in range(blocks)) for c in channels[:-1])
        self.norm = group_norm(base)
        self.head = nn.Conv2d(base, image_channels, 3, padding=1, bias=False)
        nn.init.zeros_(self.head.weight)

    def forward(self, x, t, label=None):
        w = 1000 * torch.exp(-math.log(10000) / self.base * torch.arange(self.base, dtype=t.dtype))
        a = t[:, None] * w
        e = self.embed(torch.cat([a.cos(), a.sin()], 1))
        if self.classes is not None:
            e = e + self.classes(label)
        e = F.silu(e)
        h = self.stem(x)
        kept = []
        for l, level in enumerate(self.down):
            for block in level:
                h = block(h, e)
            if l < len(self.down) - 1:
                kept.append(h)
                h = F.avg_pool2d(h, 2)
        h = self.middle(h, e)
        for l in reversed(range(len(self.up))):
            h = F.interpolate(self.narrow[l](h), scale_factor=2, mode='nearest')
            h = torch.cat([h, kept[l]], 1)
            for block in self.up[l]:
                h = block(h, e)
        return self.head(F.silu(self.norm(h)))


def flat_order(net):
    """(parameter, way to bring ours into its shape) in the order of the flat parameter vector of `velocityUnet`."""
    def dense(m):
        return [(m.weight, 'dense'), (m.bias, 'plain')]

    def block(b):
        out = [(b.norm1.weight, 'gain'), (b.norm1.bias, 'plain'), (b.conv1.weight, 'conv'), *dense(b.film), (b.conv2.weight, 'conv')]
        return out + ([(b.skip.weight, 'conv')] if isinstance(b.skip, nn.Conv2d) else [])

    order = dense(net.embed[0]) + dense(net.embed[2])
    if net.classes is not None:
        order.append((net.classes.weight, 'classes'))
    order.append((net.stem.weight, 'conv'))
    for level in net.down:
        for b in level:
            order += block(b)
    order += block(net.middle)
    for l in reversed(range(len(net.up))):
        order.append((net.narrow[l].weight, 'conv'))
        for b in net.up[l]:
            order += block(b)
    return order + [(net.norm.weight, 'gain'), (net.norm.bias, 'plain'), (net.head.weight, 'conv')]


def to_ours(value, kind):
    if kind == 'dense':
        return value.T.reshape(-1)
    if kind == 'conv':
        return value.permute(2, 3, 1, 0).reshape(-1)
    if kind == 'classes':
        return value[:-1].reshape(-1)
    return value.reshape(-1)


@torch.no_grad()
def load_flat(net, flat):
    """Loads a flat parameter vector of `velocityUnet` (a gain is held less 1 there)."""
    at = 0
    for p, kind in flat_order(net):
        if kind == 'classes':
            p.zero_()
            size = p[:-1].numel()
            p[:-1] = flat[at:at + size].reshape(p[:-1].shape)
        else:
            size = p.numel()
            part = flat[at:at + size]
            if kind == 'dense':
                p.copy_(part.reshape(p.shape[1], p.shape[0]).T)
            elif kind == 'conv':
                o, i, h, w = p.shape
                p.copy_(part.reshape(h, w, i, o).permute(3, 2, 0, 1))
            else:
                p.copy_(part.reshape(p.shape) + (1 if kind == 'gain' else 0))
        at += size
    assert at == len(flat), (at, len(flat))


def flat_gradient(net):
    return torch.cat([to_ours(p.grad, kind) for p, kind in flat_order(net)])
