using System.ComponentModel;

namespace LossGen.Runtime;

/// <summary>How the whole vectors of an output reach memory: a kernel is compiled once for each.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IStorePath;

/// <summary>By the caches, as stores go by themselves.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ThroughCaches : IStorePath;

/// <summary>
/// Around the caches. A line that is written as a whole need not be read first, which saves a third of the memory traffic of an output;
/// worth it where an output is larger than the caches, so that nothing of it would be found there afterwards.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AroundCaches : IStorePath;
