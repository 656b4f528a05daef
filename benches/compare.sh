#!/bin/sh
# How long copydesk takes for a dump of invented pages beside what `wc -w` takes to count its words, and how much memory.
#
#   benches/compare.sh [SIZE [RUNS]]       medians of RUNS (5) rounds over a file of SIZE (200M): wc -w, one job, two jobs
#   benches/compare.sh --stream [SIZE]     peak memory while SIZE (4G) is generated into standard input, never stored
#
# The rounds take turns, so that a machine that slows down slows all of them. Ratios travel between machines, times do not.
set -eu

cd "$(dirname "$0")/.."
cargo build --locked --release --quiet
binary=${CARGO_TARGET_DIR:-target}/release/copydesk
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# The generator needs nothing but the compiler; by cargo it would wait for what other benchmarks need.
rustc --edition 2024 -O -o "$folder/dump" benches/dump.rs
dump=$folder/dump

if [ "${1:-}" = --stream ]; then
    size=${2:-4G}
    "$dump" "$size" | python3 -c '
import os, sys, time
start = time.perf_counter()
child = os.posix_spawn(sys.argv[1], [sys.argv[1], "-q", "-j2"], os.environ,
                       file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
_, status, used = os.wait4(child, 0)
seconds = time.perf_counter() - start
print(f"{sys.argv[2]} through standard input, two jobs: {used.ru_maxrss / 1024:.0f} MB at most resident, "
      f"{seconds:.0f} s, exit code {os.waitstatus_to_exitcode(status)}")
' "$binary" "$size"
    exit
fi

size=${1:-200M}
runs=${2:-5}
"$dump" "$size" > "$folder/dump.txt"
python3 - "$binary" "$folder/dump.txt" "$runs" <<'PYTHON'
import os, statistics, sys, time

binary, dump, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
size = os.path.getsize(dump)
commands = {
    "wc -w": ["wc", "-w", dump],
    "one job": [binary, "-q", "-j1", dump],
    "two jobs": [binary, "-q", "-j2", dump],
}
environment = {**os.environ, "LC_ALL": "C.UTF-8"}


def run(command):
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], command, environment, file_actions=quiet)
    _, status, used = os.wait4(child, 0)
    if status:
        sys.exit(f"{command} ended with {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


results = {name: [] for name in commands}
run(commands["wc -w"])
for _ in range(runs):
    for name, command in commands.items():
        results[name].append(run(command))
wall, cpu, memory = ({name: statistics.median(r[i] for r in rows) for name, rows in results.items()} for i in range(3))
print(f"{size / 1e6:.0f} MB, medians of {runs} rounds, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
print("| | wall, s | of wc -w | processor, s | MB/s | peak, MB |\n| --- | --- | --- | --- | --- | --- |")
for name in commands:
    print(f"| {name} | {wall[name]:.2f} | {wall[name] / wall['wc -w']:.2f} | {cpu[name]:.2f} "
          f"| {size / 1e6 / wall[name]:.1f} | {memory[name]:.0f} |")
print(f"two jobs take {wall['two jobs'] / wall['one job']:.2f} of the time of one")
PYTHON
