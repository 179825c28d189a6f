"""Collects cases: inputs, and the value and gradients that a reference gives for them in float64."""
import random
import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

FLAT = (1, 7, 33)
EACH = (1, 19)
EACH_ROWS = ((1, 1), (5, 3), (3, 18))
ROWS = ((1, 1), (3, 5), (17, 2), (5, 19))
VECTORS = ((1, 1), (3, 5), (4, 17))
IMAGES = ((1, 1, 1, 1), (2, 3, 2, 3), (1, 2, 3, 5), (3, 4, 1, 1))


class Inputs:
    """Random inputs that float holds exactly, with few digits, the same on every run."""

    def __init__(self, name):
        self.random = random.Random(name)

    def reals(self, *shape, spread=2.0, step=64):
        return self._tensor(shape, lambda: round(self.random.gauss(0, spread) * step) / step)

    def positive(self, *shape, spread=1.0, step=64):
        return self._tensor(shape, lambda: (1 + abs(round(self.random.gauss(0, spread) * step))) / step)

    def probabilities(self, *shape):
        return self._tensor(shape, lambda: self.random.randint(1, 255) / 256)

    def counts(self, *shape, most=6):
        return self._tensor(shape, lambda: float(self.random.randint(0, most)))

    def bits(self, *shape):
        return self._tensor(shape, lambda: float(self.random.randint(0, 1)))

    def signs(self, *shape):
        return self._tensor(shape, lambda: float(self.random.choice((-1, 1))))

    def labels(self, *shape, below):
        return self._tensor(shape, lambda: self.random.randrange(below)).long()

    def distributions(self, n, c):
        """Rows of multiples of 1/1024 that sum to 1, all above 0."""
        rows = []
        for _ in range(n):
            cuts = sorted(self.random.sample(range(1, 1024), c - 1))
            rows.append([(b - a) / 1024 for a, b in zip([0] + cuts, cuts + [1024])])
        return torch.tensor(rows)

    def _tensor(self, shape, draw):
        count = 1
        for size in shape:
            count *= size
        return torch.tensor([draw() for _ in range(count)]).reshape(shape)


class Catalogue:
    """The cases of one class of losses."""

    def __init__(self, name):
        self.name = name
        self.lines = []

    def case(self, loss, what, oracle, reference, by, axes=None, /, **arguments):
        """One case: `reference` called with all arguments gives the value, or a dictionary of the value and the parts.

        `oracle` names PyTorch's function, or says "formula"; `by` lists the differentiated arguments."""
        by = by.split()
        called = self._called(loss, what, by, arguments)
        result = reference(**called)
        result = result if isinstance(result, dict) else {"value": result}
        value = result.pop("value")
        gradients = torch.autograd.grad(value, [called[name] for name in by], allow_unused=True)
        self._write(loss, what, oracle, axes, arguments, {"value": value, **{"part " + name: part for name, part in result.items()}}, by, called, gradients)

    def elements(self, loss, what, oracle, reference, by, axes=None, /, **arguments):
        """One case of a loss for each element: `reference` gives all of them. What follows has a derivative of its own by each."""
        by = by.split()
        called = self._called(loss, what, by, arguments)
        values = reference(**called)
        upstream = ((torch.arange(values.numel()) % 5 + 1) / 4.0).reshape(values.shape)
        gradients = torch.autograd.grad((upstream * values).sum(), [called[name] for name in by], allow_unused=True)
        self._write(loss + "Elements", what, oracle, axes, arguments, {"value": values, "upstream": upstream}, by, called, gradients)

    def _called(self, loss, what, by, arguments):
        called = {}
        for name, value in arguments.items():
            if torch.is_tensor(value):
                rounded = value if not value.is_floating_point() else value.float().double()
                assert value.dtype == torch.long or torch.equal(rounded, value) or torch.isnan(value).any(), (loss, what, name)
                called[name] = value.clone().requires_grad_(name in by)
            else:
                called[name] = value
        return called

    def _write(self, loss, what, oracle, axes, arguments, results, by, called, gradients):
        self.lines.append(f"case {loss} | {what} | {oracle}")
        if axes:
            self.lines.append("axes " + " ".join(f"{axis} {size}" for axis, size in axes.items()))
        for name, value in arguments.items():
            self.lines.append(f"in {name} {texts(value)}")
        for name, value in results.items():
            self.lines.append(f"{name} {texts(value)}")
        for name, gradient in zip(by, gradients):
            self.lines.append(f"gradient {name} {texts(torch.zeros_like(called[name]) if gradient is None else gradient)}")

    def write(self, folder):
        with open(folder / (self.name + ".txt"), "w", newline="\n") as file:
            file.write(f"# {self.name} by PyTorch {torch.__version__} in float64; written by tests/references/catalogue.\n")
            file.write("\n".join(self.lines) + "\n")


def texts(value):
    if not torch.is_tensor(value):
        return number(float(value))
    if value.dtype == torch.long:
        return " ".join(str(x) for x in value.flatten().tolist())
    return " ".join(number(x) for x in value.detach().flatten().tolist())


def number(x):
    """Twelve digits, a hundred times finer than the tests' bound; zero without its sign."""
    return "0" if x == 0 else f"{x:.12g}"


def double_where(condition, function, x, safe, otherwise=0.0):
    """function(x) where the condition holds; what the other places would give reaches neither value nor gradient."""
    return torch.where(condition, function(torch.where(condition, x, torch.full_like(x, safe))), torch.full_like(x, otherwise))


def softplus(x):
    """log(1 + exp(x)) with the digits that a difference of large numbers, or torch.logaddexp, would lose."""
    above = x >= 0
    return torch.where(above, x, torch.zeros_like(x)) + torch.log1p(torch.exp(torch.where(above, -x, x)))


def log_sigmoid(x):
    return -softplus(-x)


def one_hot(labels, classes):
    """Along a new second axis."""
    return torch.nn.functional.one_hot(labels, classes).double().movedim(-1, 1)
