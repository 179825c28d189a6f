using LossGen.Compiler.Model;
using LossGen.Generator.Reporting;

namespace LossGen.Generator.Reading;

/// <summary>A declared loss, apart from it where its characters stand, and the paths of all files whose texts are in it.</summary>
internal sealed record LossReading(LossSpec Spec, LossLocations Locations, EquatableArray<string> Files);
