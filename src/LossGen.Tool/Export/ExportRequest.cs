namespace LossGen.Tool.Export;

/// <summary>What the user asks for.</summary>
/// <param name="Assembly">The path of the assembly.</param>
/// <param name="Losses">Names of losses; empty for all.</param>
/// <param name="Folder">Where the files go.</param>
/// <param name="Dialects">The languages of the kernels.</param>
/// <param name="OnlyList">Whether nothing is written.</param>
/// <param name="WithRunner">Whether the Python runner is written too.</param>
internal sealed record ExportRequest(string Assembly, string[] Losses, string Folder, Dialect[] Dialects, bool OnlyList, bool WithRunner);
