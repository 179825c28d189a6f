using System.Diagnostics;
using LossGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LossGen.GeneratorBenchmarks;

/// <summary>The generator run by the compiler's driver, as in a build or an editor.</summary>
public static class Measurements
{
    private const string CompileStep = "Compile";

    /// <summary>A run without a cache: milliseconds, and the driver with what it cached.</summary>
    public static (double Milliseconds, GeneratorDriver Driver) Cold(UserProject project)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new LossGenerator().AsSourceGenerator()],
            parseOptions: UserProject.Options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        Stopwatch clock = Stopwatch.StartNew();
        driver = driver.RunGenerators(project.Compilation);
        double milliseconds = clock.Elapsed.TotalMilliseconds;
        Diagnostic? error = driver.GetRunResult().Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return error is null ? (milliseconds, driver) : throw new InvalidOperationException(error.ToString());
    }

    /// <summary>Edits the formula of one file again and again: the median of the driver's runs, in milliseconds.</summary>
    public static double Edit(UserProject project, GeneratorDriver driver, int file, Form form, int edits) =>
        Median(Runs(project, driver, edits, 1, (before, edit) => before.With(file, form.Declare(file, constant: file + (1000 * (edit + 1))))));

    /// <summary>The same for edits of a file without losses: what the driver does for each edit of anything.</summary>
    public static double Elsewhere(UserProject project, GeneratorDriver driver, int file, int edits) =>
        Median(Runs(project, driver, edits, 0, (before, edit) => before.With(file, $"// {edit}")));

    private static IEnumerable<double> Runs(UserProject project, GeneratorDriver driver, int edits, int compiled, Func<UserProject, int, UserProject> change)
    {
        for (int i = 0; i < edits; i++)
        {
            project = change(project, i);
            Stopwatch clock = Stopwatch.StartNew();
            driver = driver.RunGenerators(project.Compilation);
            yield return clock.Elapsed.TotalMilliseconds;
            int ran = driver.GetRunResult().Results[0].TrackedSteps[CompileStep]
                .Count(step => step.Outputs.Any(output => output.Reason is IncrementalStepRunReason.Modified or IncrementalStepRunReason.New));
            if (ran != compiled) throw new InvalidOperationException($"An edit of {compiled} formulas compiled {ran}.");
        }
    }

    /// <summary>Milliseconds that each tracked step of the last run took, over all losses.</summary>
    public static IEnumerable<(string Step, double Milliseconds)> Steps(GeneratorDriver driver) =>
        driver.GetRunResult().Results[0].TrackedSteps
            .Select(step => (step.Key, step.Value.Sum(run => run.ElapsedTime.TotalMilliseconds)))
            .OrderByDescending(step => step.Item2);

    /// <summary>Milliseconds in which the compiler makes an assembly of the project and what was generated for it.</summary>
    public static double Emit(UserProject project, GeneratorDriver driver)
    {
        driver.RunGeneratorsAndUpdateCompilation(project.Compilation, out Compilation complete, out _);
        Stopwatch clock = Stopwatch.StartNew();
        Microsoft.CodeAnalysis.Emit.EmitResult result = complete.Emit(Stream.Null);
        double milliseconds = clock.Elapsed.TotalMilliseconds;
        return result.Success ? milliseconds : throw new InvalidOperationException(result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToString());
    }

    /// <summary>Lines of the generated file of each form.</summary>
    public static IEnumerable<(Form Form, int Lines, int Characters)> Sizes(IEnumerable<Form> forms) =>
        from form in forms
        let text = Cold(UserProject.Of([form.Declare(0)])).Driver.GetRunResult().Results[0].GeneratedSources.Single().SourceText
        select (form, text.Lines.Count, text.Length);

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
