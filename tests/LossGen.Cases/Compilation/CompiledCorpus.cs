using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Model;
using LossGen.Generator;
using LossGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LossGen.Cases.Compilation;

/// <summary>Many cases through the real generator in one compilation. A case that does not compile is left out and keeps its errors.</summary>
internal sealed class CompiledCorpus : IDisposable
{
    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    private static readonly MetadataReference[] References = [.. FindReferences()];

    private readonly List<CompiledCase> _cases = [];
    private readonly AssemblyLoadContext _context = new("corpus", isCollectible: true);

    private CompiledCorpus()
    {
    }

    /// <summary>In the order in which they were given.</summary>
    public IReadOnlyList<CompiledCase> Cases => _cases;

    public CompiledCase this[string name, ElementType real] => _cases.First(c => c.Loss.Name == name && c.Real == real);

    /// <summary>The assembly, for a process of another vector width.</summary>
    public byte[] Image { get; private init; } = [];

    /// <summary>Every case in each of its real types.</summary>
    public static CompiledCorpus Of(IEnumerable<LossCase> losses, byte[]? compiled = null) =>
        Of(losses.SelectMany(loss => loss.Reals.Select(real => (loss, real))), compiled);

    /// <summary>Compiles, or takes the assembly that another process has compiled from the same cases.</summary>
    /// <param name="losses">The cases.</param>
    /// <param name="compiled">The assembly that another process has compiled.</param>
    /// <param name="width">The only vector width to compile, which saves most of the time; null for all.</param>
    public static CompiledCorpus Of(IEnumerable<(LossCase Loss, ElementType Real)> losses, byte[]? compiled = null, int? width = null)
    {
        Dictionary<string, Member> members = losses.Index().ToDictionary(m => $"Case{m.Index}", m => new Member(m.Item.Loss, m.Item.Real));
        foreach ((string name, Member member) in members)
            member.Tree = CSharpSyntaxTree.ParseText(CaseSource.Write(member.Loss, member.Real, name), ParseOptions, name + ".cs");
        CSharpCompilation input = Compile(members.Values.Select(m => m.Tree!));
        foreach (Member member in members.Values) member.Bound = Bind(member, input);
        CompiledCorpus corpus = new() { Image = compiled ?? Build(members, input, width) };
        Assembly assembly = corpus._context.LoadFromStream(new MemoryStream(corpus.Image));
        foreach ((string name, Member member) in members)
        {
            Type? type = assembly.GetType(name);
            if (type is null && member.Errors.Count == 0) member.Errors.Add("did not compile");
            corpus._cases.Add(new CompiledCase(
                member.Loss, member.Real, member.Bound,
                type?.GetMethod("CallValue")!.CreateDelegate<ValueCall>(), type?.GetMethod("CallGradient")!.CreateDelegate<GradientCall>(),
                string.Join("\n", member.Errors.Take(2)))
            { Curvature = type?.GetMethod("CallCurvature")?.CreateDelegate<GradientCall>() });
        }

        return corpus;
    }

    /// <summary>Lets the assembly go.</summary>
    public void Dispose() => _context.Unload();

    private static byte[] Build(Dictionary<string, Member> members, CSharpCompilation input, int? width)
    {
        CSharpGeneratorDriver.Create([new LossGenerator().AsSourceGenerator()], parseOptions: ParseOptions)
            .RunGeneratorsAndUpdateCompilation(input, out Microsoft.CodeAnalysis.Compilation output, out ImmutableArray<Diagnostic> reported);
        if (width is { } only)
        {
            foreach (SyntaxTree tree in output.SyntaxTrees.Except(input.SyntaxTrees)) output = output.ReplaceSyntaxTree(tree, OneWidth.Of(tree, only));
        }

        if (Emit(output, members, reported) is { } image) return image;
        SyntaxTree[] sound = [.. output.SyntaxTrees.Where(t => members[MemberOf(t.FilePath)].Errors.Count == 0)];
        return Emit(Compile(sound), members, []) ?? throw new InvalidOperationException("errors in what had none");
    }

    /// <summary>The assembly; null when there are errors or warnings, which their members keep.</summary>
    private static byte[]? Emit(Microsoft.CodeAnalysis.Compilation compilation, Dictionary<string, Member> members, ImmutableArray<Diagnostic> reported)
    {
        using MemoryStream stream = new();
        Diagnostic[] found = [.. reported.Concat(compilation.Emit(stream).Diagnostics).Where(d => d.Severity >= DiagnosticSeverity.Warning)];
        foreach (Diagnostic diagnostic in found)
        {
            FileLinePositionSpan place = diagnostic.Location.GetLineSpan();
            if (!members.TryGetValue(MemberOf(place.Path), out Member? member)) throw new InvalidOperationException(diagnostic.ToString());
            string line = diagnostic.Location.SourceTree?.GetText().Lines[place.StartLinePosition.Line].ToString().Trim() ?? "";
            member.Errors.Add($"{diagnostic}\n      {line}");
        }

        return found.Length == 0 ? stream.ToArray() : null;
    }

    private static string MemberOf(string path) => Path.GetFileName(path).Split('.')[0];

    public static CSharpCompilation Compile(IEnumerable<SyntaxTree> trees) => CSharpCompilation.Create(
        "Corpus" + Guid.NewGuid().ToString("N"), trees, References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, checkOverflow: true, allowUnsafe: true,
            nullableContextOptions: NullableContextOptions.Enable));

    private static BoundLoss? Bind(Member member, Microsoft.CodeAnalysis.Compilation compilation)
    {
        SyntaxTree tree = member.Tree!;
        MethodDeclarationSyntax declaration = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().First(m => m.Identifier.ValueText == CaseSource.LossMethod);
        IMethodSymbol symbol = compilation.GetSemanticModel(tree).GetDeclaredSymbol(declaration)!;
        LossReading reading = LossReader.Read(symbol, declaration, compilation, CancellationToken.None)!;
        LossSpec spec = member.Loss.Reference is { } reference ? reading.Spec with { Signature = reading.Spec.Signature with { Formula = reference } } : reading.Spec;
        return spec.HasErrors ? null : Compiler.Binding.Binder.Bind(spec, CancellationToken.None).Loss;
    }

    private static IEnumerable<MetadataReference> FindReferences()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return trusted.Split(Path.PathSeparator).Where(path => Path.GetDirectoryName(path) == framework)
            .Append(typeof(LossAttribute).Assembly.Location).Append(typeof(System.Numerics.Tensors.Tensor).Assembly.Location).Select(path => MetadataReference.CreateFromFile(path));
    }

    private sealed class Member(LossCase loss, ElementType real)
    {
        public LossCase Loss { get; } = loss;

        public ElementType Real { get; } = real;

        public SyntaxTree? Tree { get; set; }

        public BoundLoss? Bound { get; set; }

        public List<string> Errors { get; } = [];
    }
}
