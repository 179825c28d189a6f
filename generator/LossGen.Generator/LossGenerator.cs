using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Model;
using LossGen.Generator.Reading;
using LossGen.Generator.Reporting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LossGen.Generator;

/// <summary>
/// The pipeline: methods with <c>[Loss]</c> are read into records, compiled, and added as sources. Places travel beside that, so that
/// moving a declaration compiles nothing again.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class LossGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        ReadingCache cache = new();
        CompilationsAhead ahead = new();
        Add(context, ahead, context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => LossAttributeSyntax.IsSpelled(node),
            (loss, cancellationToken) => cache.Read((MethodDeclarationSyntax)loss.Node, loss.SemanticModel, cancellationToken)));

        // An alias may stand in any file, and the compiler knows which.
        Add(context, ahead, context.SyntaxProvider.ForAttributeWithMetadataName(
            AttributeNames.Loss,
            static (node, _) => LossAttributeSyntax.IsAliased(node),
            (loss, cancellationToken) => cache.Read((MethodDeclarationSyntax)loss.TargetNode, loss.SemanticModel, cancellationToken)));
    }

    private static void Add(IncrementalGeneratorInitializationContext context, CompilationsAhead ahead, IncrementalValuesProvider<LossReading?> read)
    {
        IncrementalValuesProvider<LossReading> readings = read
            .Where(static reading => reading is not null)
            .Select(static (reading, _) => reading!)
            .WithTrackingName(TrackingNames.Reading);

        IncrementalValuesProvider<CompiledLoss> compiled = readings
            .Select((reading, cancellationToken) => ahead.Start(reading.Spec, cancellationToken))
            .WithTrackingName(TrackingNames.Spec)
            .Select((spec, cancellationToken) => ahead.End(spec, cancellationToken))
            .WithTrackingName(TrackingNames.Compile);

        IncrementalValuesProvider<GeneratedFile> files = compiled
            .Select(static (loss, _) => new GeneratedFile(loss.HintName, loss.Source))
            .WithTrackingName(TrackingNames.Source);
        IncrementalValuesProvider<GeneratedFile> gpuFiles = compiled
            .Where(static loss => loss.GpuSource.Length > 0)
            .Select(static (loss, _) => new GeneratedFile(GeneratedNames.GpuHintName(loss.HintName), loss.GpuSource))
            .WithTrackingName(TrackingNames.GpuSource);
        context.RegisterSourceOutput(files, static (output, file) =>
        {
            if (file.Text.Length > 0) output.AddSource(file.HintName, file.Text);
        });
        context.RegisterSourceOutput(gpuFiles, static (output, file) => output.AddSource(file.HintName, file.Text));

        IncrementalValuesProvider<LossErrors> errors = compiled
            .Select(static (loss, _) => new LossErrors(loss.HintName, loss.Problems.Items.RemoveAll(p => p.Row.Level != DiagnosticLevel.Error)))
            .Where(static loss => loss.Problems.Count > 0)
            .WithTrackingName(TrackingNames.Errors);
        IncrementalValuesProvider<LossLocations> locations = readings
            .Select(static (reading, _) => reading.Locations)
            .WithTrackingName(TrackingNames.Locations);
        IncrementalValuesProvider<LocatedErrors> located = locations
            .Combine(errors.Collect())
            .Select(static (pair, _) => LocatedErrors.Of(pair.Left, pair.Right))
            .WithTrackingName(TrackingNames.LocatedErrors);
        context.RegisterSourceOutput(located, static (output, loss) =>
        {
            foreach (LocatedProblem error in loss.Problems)
                output.ReportDiagnostic(Descriptors.ToDiagnostic(error.Problem, error.Range.ToLocation()));
        });
    }
}
