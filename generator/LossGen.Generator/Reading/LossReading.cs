using LossGen.Compiler.Model;
using LossGen.Generator.Reporting;

namespace LossGen.Generator.Reading;

/// <summary>A declared loss, and apart from it where its characters stand.</summary>
internal sealed record LossReading(LossSpec Spec, LossLocations Locations);
