"""The table of a run, as Markdown."""
import math

HEAD = ["loss, value + gradient", "LossGen, ms", "GB/s", "of copy", "eager, ms", "torch.compile, ms", "Triton, ms", "eager / LossGen", "compile / LossGen"]


def markdown(facts, results, copy):
    lines = [f"{name}: {value}  " for name, value in facts] + ["", "| " + " | ".join(HEAD) + " |", "|" + "---|" * len(HEAD)]
    lines += ["| " + " | ".join(_cells(result, copy)) + " |" for result in results]
    for name, key in (("eager", "eager"), ("torch.compile", "compiled")):
        ratios = [r[key] / r["lossgen"] for r in results if r.get(key) and r.get("lossgen")]
        if ratios:
            lines += ["", f"Geometric mean over {name}: {math.exp(sum(map(math.log, ratios)) / len(ratios)):.2f} ({len(ratios)} rows)."]
    notes = [f"{r['name']}: {r['note']}" for r in results if r.get("note")]
    return "\n".join(lines + ([""] + [f"- {note}" for note in notes] if notes else [])) + "\n"


def _cells(result, copy):
    time = result.get("lossgen")
    bandwidth = result["traffic"] / (1e-3 * time) if time else None
    return [
        result["name"], _number(time), f"{bandwidth / 1e9:.3g}" if bandwidth else "", f"{100 * bandwidth / copy:.0f} %" if bandwidth and copy else "",
        *(_number(result.get(key)) for key in ("eager", "compiled", "triton")),
        *(f"{result[key] / time:.2f}" if time and result.get(key) else "" for key in ("eager", "compiled"))]


def _number(value):
    return "" if value is None else f"{value:.4g}"
