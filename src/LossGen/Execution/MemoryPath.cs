using System.ComponentModel;

namespace LossGen.Runtime;

/// <summary>How the whole vectors of a nest travel between memory and the processor: a kernel is compiled once for each.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IMemoryPath;

/// <summary>By plain loads and stores: little enough to be found in caches, where anything else would only cost.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct InCaches : IMemoryPath;

/// <summary>
/// Reads are announced some way ahead. A processor looks ahead a few hundred steps, in a loss with functions not much more than a vector, and its own prefetching begins
/// anew on every page: it would wait for memory first and compute then, one after the other.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct FromMemory : IMemoryPath;

/// <summary>
/// Reads are announced, and writes go around the caches. A line that is written as a whole need not be read first, which saves a third of the memory traffic of an output;
/// worth it where an output is larger than the caches, so that nothing of it would be found there afterwards.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AroundCaches : IMemoryPath;
