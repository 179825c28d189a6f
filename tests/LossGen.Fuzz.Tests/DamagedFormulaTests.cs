using System.Text;
using System.Text.RegularExpressions;
using LossGen.Cases;
using LossGen.Compiler;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Model;
using LossGen.Fuzz.Tests.Formulas;
using Xunit;

namespace LossGen.Fuzz.Tests;

/// <summary>Random formulas with damaged text through the whole compiler, on a small stack: a loss or an error comes out, in time, and no failure of the compiler's own.</summary>
public partial class DamagedFormulaTests
{
    private const int Count = 400;
    private const int SmallStack = 512 * 1024;
    private const string Pieces = "()[],:;?.=<>&|!+-*/^ncw01";

    [Fact]
    public void The_compiler_survives()
    {
        string? found = null;
        string at = "";
        var thread = new Thread(() => found = Run(text => at = text), SmallStack);
        thread.Start();
        Assert.True(thread.Join(TimeSpan.FromMinutes(10)), "no end: " + at);
        Assert.True(found is null, found);
    }

    private static string? Run(Action<string> trying)
    {
        int compiled = 0;
        for (int seed = 1; seed <= Count; seed++)
        {
            DeclaredFormula declared = FormulaMaker.Make(seed);
            LossCase damaged = declared.Case with { Formula = Damaged(declared.Case.Formula, new Random(seed)) };
            string text = $"seed {seed}: {damaged.Signature} | {damaged.Formula}";
            trying(text);
            LossSpec spec = CaseSpec.Of(damaged, declared.Formula.Real, [.. declared.Formula.Callees.Select(c => c.Signature(declared.Formula.Real))]);
            CompiledLoss loss = LossCompiler.Compile(spec, CancellationToken.None);
            if (loss.Problems.Any(p => p.Row == DiagnosticTable.InternalFailure)) return $"{text}\n{string.Join("\n", loss.Problems.Select(p => string.Join(" ", p.Arguments)))}";
            if (loss.Source.Length == 0) return text + "\nno source";
            if (!loss.Problems.Any(p => p.Row.Level == DiagnosticLevel.Error)) compiled++;
        }

        // Otherwise nothing behind the first message would be tried.
        return compiled is > Count / 20 and < Count ? null : $"{compiled} of {Count} compile";
    }

    private static string Damaged(string formula, Random random)
    {
        if (random.Next(2) == 0) return WithWordsExchanged(formula, random);
        var text = new StringBuilder(formula);
        for (int i = random.Next(1, 4); i > 0 && text.Length > 0; i--)
        {
            int at = random.Next(text.Length), length = Math.Min(random.Next(1, 12), text.Length - at);
            switch (random.Next(4))
            {
                case 0: text.Remove(at, length); break;
                case 1: text.Insert(at, Pieces[random.Next(Pieces.Length)]); break;
                case 2: text[at] = Pieces[random.Next(Pieces.Length)]; break;
                default: text.Insert(random.Next(text.Length), text.ToString(at, length)); break;
            }
        }

        return text.ToString();
    }

    /// <summary>Well-formed as a rule, and wrong in kinds, axes or names.</summary>
    private static string WithWordsExchanged(string formula, Random random)
    {
        Match[] words = Word().Matches(formula).ToArray();
        Match first = words[random.Next(words.Length)], second = words[random.Next(words.Length)];
        return formula.Remove(first.Index, first.Length).Insert(first.Index, second.Value);
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
