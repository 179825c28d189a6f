namespace LossGen.Tool.Schema;

/// <summary>What is common to all launches.</summary>
/// <param name="Threads">Threads in a group, unless a rule says less.</param>
/// <param name="MostGroups">Groups of a launch at most.</param>
/// <param name="MostWorkerBytes">Bytes at most for all copies of the arrays that a pass has for each of its workers.</param>
/// <param name="Lanes">How many lanes may share an item, by how long the loops are that they share: the first step that is long enough.</param>
/// <param name="MostLanes">Lanes at most where there are few items: their number is doubled while there are steps for them, and threads.</param>
/// <param name="MostVectorGroups">Groups at most where threads take items in vectors.</param>
/// <param name="VectorLanes">The lanes by the number of vectors in such loops, where threads take vectors.</param>
/// <param name="KeptLanes">The same where lanes keep what they have read.</param>
/// <param name="KeptBytes">Bytes of a lane in registers at most, by the lanes of a group.</param>
/// <param name="FewKeptBytes">Bytes of a lane in registers before any are in shared memory; of more, half.</param>
/// <param name="FewLanes">Lanes from which it matters how many groups that keep something run at a time.</param>
/// <param name="ReservedBytes">Bytes of a group's shared memory that are not for what lanes keep.</param>
/// <param name="FewTiles">Tiles for each multiprocessor below which groups have the larger number of threads.</param>
/// <param name="Alignment">Where arrays have to start for whole vectors.</param>
internal sealed record ExportedGrid(
    int Threads, long MostGroups, long MostWorkerBytes, ExportedLaneStep[] Lanes, int MostLanes, long MostVectorGroups, ExportedLaneStep[] VectorLanes,
    ExportedLaneStep[] KeptLanes, ExportedByteStep[] KeptBytes, int FewKeptBytes, int FewLanes, int ReservedBytes, long FewTiles, int Alignment);

/// <summary>A step without <paramref name="UpTo"/> is long enough for all.</summary>
internal sealed record ExportedLaneStep(long? UpTo, int Lanes);

/// <summary>A step without <paramref name="UpTo"/> is for all others.</summary>
internal sealed record ExportedByteStep(long? UpTo, int Bytes);

/// <summary>A launch.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Grid"><c>group</c>: one group. <c>elements</c>: a thread for each item. <c>items</c>: items are spread over workers.</param>
/// <param name="Items">Factors of the number of items.</param>
/// <param name="Lanes">The length of the loops that lanes may share; missing where there are none.</param>
/// <param name="MostWorkers">How many workers there may be, whose arrays are added up afterwards; missing for any number.</param>
/// <param name="Vectors">What threads take several neighbours of at once; missing where they take single ones.</param>
/// <param name="Tile">How items are shared in tiles; missing where they are not.</param>
/// <param name="Definitions">The macros that tell the kernel how it is launched.</param>
/// <param name="Arguments">The arguments in order.</param>
internal sealed record ExportedPass(
    string Kernel, string Grid, ExportedForm[] Items, ExportedForm? Lanes, long? MostWorkers, ExportedVectors? Vectors, ExportedTile? Tile, ExportedDefinitions? Definitions, ExportedArgument[] Arguments);

/// <summary>How many neighbours a thread takes at once, of which arrays, and what must be a multiple of that for their rows to start where vectors may.</summary>
internal sealed record ExportedVectors(int Width, ExportedArgument[] Arrays, ExportedForm[] Rows, ExportedKept? Kept);

/// <summary>That lanes keep what they read again: in vectors of how many positions, and how many bytes one has of all that is kept.</summary>
internal sealed record ExportedKept(int Width, int Bytes);

/// <summary>How many threads a group has, how many where tiles are few, and how many items.</summary>
internal sealed record ExportedTile(int Threads, int MostThreads, int Items);

/// <summary>
/// The names of the macros for lanes, for threads in a group, for whether vectors are aligned, and for how many of them a lane keeps in registers and
/// in shared memory and whether there are more. Without them there is one lane, the usual group, they are not, and none are kept.
/// </summary>
internal sealed record ExportedDefinitions(string Lanes, string Group, string? Aligned, string? Kept, string? Room, string? Rest);

/// <summary>An argument of a kernel.</summary>
/// <param name="Kind"><c>tensor</c>, <c>array</c> and <c>slots</c> are memory; <c>size</c> of an axis, <c>integer</c> argument, <c>groups</c> and
/// <c>workers</c> of a pass and <c>real</c> argument are numbers.</param>
/// <param name="Name">Which one; missing for the slots.</param>
/// <param name="Element">The type of a number.</param>
internal sealed record ExportedArgument(string Kind, string? Name = null, string? Element = null);
