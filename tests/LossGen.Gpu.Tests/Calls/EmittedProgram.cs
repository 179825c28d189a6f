using System.Text.RegularExpressions;
using LossGen.Compiler;
using LossGen.Compiler.Model;
using LossGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LossGen.Gpu.Tests.Calls;

/// <summary>A case as the generator emits it, taken out of the generated file: nothing else of that file is compiled.</summary>
internal static partial class EmittedProgram
{
    /// <summary>What the generator reads of a case.</summary>
    public static LossSpec Read(LossCase loss, ElementType real)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(CaseSource.Write(loss, real, "Case"), CompiledCorpus.ParseOptions, "Case.cs");
        CSharpCompilation compilation = CompiledCorpus.Compile([tree]);
        MethodDeclarationSyntax declaration = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().First(m => m.Identifier.ValueText == CaseSource.LossMethod);
        return LossReader.Read(compilation.GetSemanticModel(tree).GetDeclaredSymbol(declaration)!, declaration, compilation, CancellationToken.None)!.Spec;
    }

    /// <summary>The program of a case.</summary>
    public static LossProgram Of(LossSpec spec)
    {
        CompiledLoss compiled = LossCompiler.Compile(spec, CancellationToken.None);
        string[] texts = [.. RawLiteral().Matches(compiled.Source).Select(m => Unindented(m.Groups["indent"].Value, m.Groups["text"].Value))];
        if (texts.Length != 4) throw new InvalidOperationException($"{texts.Length} texts of kernels: {string.Join("; ", compiled.Problems.Items.Select(p => p.ToString()))}\n{compiled.Source}");
        return new LossProgram(spec.Signature.Name, spec.Signature.Formula, [], [])
        {
            ValueKernels = new DeviceKernels(texts[0], texts[1]),
            GradientKernels = new DeviceKernels(texts[2], texts[3]),
        };
    }

    private static string Unindented(string indent, string text) =>
        string.Join("\n", text.Split('\n').Select(line => line.StartsWith(indent, StringComparison.Ordinal) ? line[indent.Length..] : line));

    [GeneratedRegex("\"\"\"\"\n(?<text>.*?)\n(?<indent> *)\"\"\"\"", RegexOptions.Singleline)]
    private static partial Regex RawLiteral();
}
