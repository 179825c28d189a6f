using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LossGen.Generator.Tests.Driver;

/// <summary>One run of the generator over some source files, against the running framework and the runtime.</summary>
internal sealed class GeneratorRun
{
    private static readonly ImmutableArray<MetadataReference> References = CreateReferences();

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview);

    private GeneratorRun(GeneratorDriver driver, Compilation input)
    {
        Driver = driver.RunGeneratorsAndUpdateCompilation(input, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        Input = input;
        Output = output;
        Diagnostics = diagnostics;
    }

    public GeneratorDriver Driver { get; }

    public Compilation Input { get; }

    public Compilation Output { get; }

    /// <summary>What the generator reported.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>What the compiler says about the user's files and the generated ones, hidden messages aside.</summary>
    public IEnumerable<Diagnostic> CompilerDiagnostics => Output.GetDiagnostics().Where(d => d.Severity != DiagnosticSeverity.Hidden);

    public ImmutableArray<GeneratedSourceResult> Sources => Driver.GetRunResult().Results[0].GeneratedSources;

    public string Source => Sources.Single().SourceText.ToString();

    public static GeneratorRun Of(params string[] files) => new(NewDriver(), Compile(files));

    public static CSharpCompilation Compile(params string[] files) => CSharpCompilation.Create(
        "User",
        files.Select((text, i) => Parse(text, $"/user/File{i}.cs")),
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, checkOverflow: true));

    /// <summary>The same with the package for devices referenced.</summary>
    public static CSharpCompilation CompileForDevices(params string[] files) => Compile(files).AddReferences(MetadataReference.CreateFromFile(typeof(Gpu.GpuQueue).Assembly.Location));

    public static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText("using System;\nusing LossGen;\n" + text, ParseOptions, path);

    /// <summary>The compilation as a referenced assembly: metadata alone, under a name of its own.</summary>
    public static MetadataReference Emit(Compilation compilation, string name = "Referenced")
    {
        using MemoryStream stream = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.WithAssemblyName(name).Emit(stream);
        return result.Success
            ? MetadataReference.CreateFromImage(stream.ToArray())
            : throw new InvalidOperationException(string.Join("\n", result.Diagnostics));
    }

    /// <summary>Runs again with what this run cached.</summary>
    public GeneratorRun Again(Compilation changed) => new(Driver, changed);

    /// <summary>Runs with other references or options, without a cache.</summary>
    public static GeneratorRun Of(Compilation compilation) => new(NewDriver(), compilation);

    public static GeneratorDriver NewDriver() => CSharpGeneratorDriver.Create(
        [new LossGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static ImmutableArray<MetadataReference> CreateReferences()
    {
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        IEnumerable<string> paths = trusted.Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework)
            .Append(typeof(System.Numerics.Tensors.TensorPrimitives).Assembly.Location)
            .Append(typeof(LossAttribute).Assembly.Location);
        return [.. paths.Distinct().Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))];
    }
}
