#!/usr/bin/env python3
"""Score copydesk on the corpus beside the checkout and hold the figures against the pinned ones.

scores.py --bin BIN --shared ../shared [--pin | --lower]

Prints the tables. Ends with exit code 1 when a figure is worse than its pin in fixtures/scores.json by more than
0.002 (invented headings: by more than 0.02 a page), or when the pins are of another corpus.
--pin raises pins to what is measured now, never lowers one; --lower sets all of them, for a loss taken on purpose.
The pins are of pages that the weights were trained on: they guard against accidental loss and prove nothing.
"""
import argparse
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

PINS = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "scores.json"
RENDERINGS = ("plain", "htmltext", "indented", "wrapped", "fragments")
FIGURES = ("body_f1", "title", "author_f1", "date_r", "date_p", "paragraph_f1", "heading_f1", "invented_headings")
SLACK = {"invented_headings": 0.02}
LOWER_IS_BETTER = {"invented_headings"}


def digest(evaluation):
    """What the figures depend on beside the program: gold, split, texts and scorers."""
    total = hashlib.sha256()
    files = [p for p in evaluation.rglob("*") if p.is_file() and p.suffix in (".jsonl", ".tsv", ".txt", ".py")]
    for path in sorted(files):
        total.update(str(path.relative_to(evaluation)).encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def run(*command):
    return subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE, text=True).stdout


def pages(binary, evaluation):
    """The figures of each rendering, `plain/body_f1` and so on; prints the tables."""
    corpus, measured = evaluation / "corpus", {}
    for rendering in RENDERINGS:
        with tempfile.NamedTemporaryFile(suffix=".jsonl") as predictions:
            run(sys.executable, evaluation / "predict.py", "--bin", binary, "--corpus", corpus,
                "--rendering", rendering, "--out", predictions.name)
            score = [sys.executable, evaluation / "score.py", "--gold", corpus / "gold.jsonl", "--split",
                     corpus / "split.tsv", "--rendering", rendering, "--pred", predictions.name]
            print(f"== {rendering}", flush=True)
            print(run(*score))
            if rendering == "plain":
                for side in ("dev", "blind"):
                    print(f"== plain, {side} alone")
                    print(run(*score, "--side", side))
            overall = json.loads(run(*score, "--json"))["results"]["overall"]
        for figure in FIGURES:
            if overall.get(figure) is not None:
                measured[f"{rendering}/{figure}"] = round(overall[figure], 4)
    return measured


def sentences(binary, evaluation):
    """Gold sentences reproduced exactly, by set; prints the table."""
    folder = evaluation / "sentences"
    table = run(sys.executable, folder / "score.py", "--bin", binary, "--gold", folder / "dev.jsonl")
    print("== sentences")
    print(table)
    measured = {}
    for line in table.splitlines()[1:]:
        name, figures = line[:14].strip(), line[14:].split()
        measured[f"sentences/{name}"] = float(figures[1])
    return measured


def lost(pins, measured):
    """Lines saying which figures are worse than their pins."""
    for name, pin in sorted(pins.items()):
        figure = name.rsplit("/", 1)[1]
        now = measured.get(name)
        if now is None:
            yield f"{name}: pinned at {pin}, not measured"
            continue
        worse = now - pin if figure in LOWER_IS_BETTER else pin - now
        if worse > SLACK.get(figure, 0.002):
            yield f"{name}: {now}, pinned at {pin}"


def better(name, pin, now):
    if pin is None:
        return now
    return min(pin, now) if name.rsplit("/", 1)[1] in LOWER_IS_BETTER else max(pin, now)


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--bin", required=True, type=pathlib.Path)
    args.add_argument("--shared", required=True, type=pathlib.Path)
    how = args.add_mutually_exclusive_group()
    how.add_argument("--pin", action="store_true", help="raise the pins")
    how.add_argument("--lower", action="store_true", help="set the pins, lower ones too")
    opts = args.parse_args()

    evaluation = opts.shared / "eval"
    binary = opts.bin.resolve()
    corpus = digest(evaluation)
    measured = {**pages(binary, evaluation), **sentences(binary, evaluation)}
    known = json.loads(PINS.read_text(encoding="utf-8")) if PINS.exists() else {"corpus": None, "scores": {}}
    if opts.pin or opts.lower:
        old = known["scores"] if opts.pin and known["corpus"] == corpus else {}
        scores = {name: better(name, old.get(name), now) for name, now in sorted(measured.items())}
        PINS.write_text(json.dumps({"corpus": corpus, "scores": scores}, indent=2) + "\n", encoding="utf-8")
        print(f"scores: {len(scores)} figures pinned")
        return
    if known["corpus"] != corpus:
        sys.exit("scores: the pins are of another corpus; look at the tables, then run scores.py with --lower")
    losses = list(lost(known["scores"], measured))
    for line in losses:
        print(f"scores: {line}", file=sys.stderr)
    if losses:
        sys.exit("scores: worse than pinned; where that is on purpose, run scores.py with --lower")
    print(f"scores: none of {len(known['scores'])} figures is below its pin")


if __name__ == "__main__":
    main()
