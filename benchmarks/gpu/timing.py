"""Times of calls, and the bandwidth that they are compared with."""
import statistics
import time


def on_cuda(torch, call, rounds, warm=3):
    """The median of single calls in milliseconds, by events in the stream. Memory is flushed between them, as it would be by what stands around a loss."""
    flush = torch.empty(256 << 20, dtype=torch.uint8, device="cuda")
    for _ in range(warm):
        call()
    times = []
    for _ in range(rounds):
        flush.zero_()
        start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        start.record()
        call()
        end.record()
        end.synchronize()
        times.append(start.elapsed_time(end))
    return statistics.median(times)


def on_host(call, rounds, warm=1):
    """The median of single calls in milliseconds, by the clock; a call waits for its end."""
    for _ in range(warm):
        call()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times)


def copy_bandwidth(torch, bytes_copied=1 << 30):
    """Bytes a second of a copy within the device's memory, what is read and what is written counted."""
    source = torch.empty(bytes_copied, dtype=torch.uint8, device="cuda")
    target = torch.empty_like(source)
    return 2 * bytes_copied / (1e-3 * on_cuda(torch, lambda: target.copy_(source), rounds=20))
