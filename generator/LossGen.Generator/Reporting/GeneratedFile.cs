namespace LossGen.Generator.Reporting;

/// <summary>A file for the user's project; empty text when nothing may be added.</summary>
internal sealed record GeneratedFile(string HintName, string Text);
