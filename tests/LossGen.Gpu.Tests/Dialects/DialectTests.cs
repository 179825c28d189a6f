using System.Text.RegularExpressions;
using LossGen.Compiler.Model;
using LossGen.Gpu.Plans;
using LossGen.Losses.Tests.Declarations;
using Xunit;

namespace LossGen.Gpu.Tests.Dialects;

/// <summary>All kernels of the corpus and of the catalogue, value and gradients, compiled in each language with warnings as errors.</summary>
public class DialectTests
{
    public static TheoryData<string, bool> Languages
    {
        get
        {
            TheoryData<string, bool> languages = [];
            foreach (string dialect in new[] { "opencl", "cuda", "hip" })
            {
                languages.Add(dialect, false);
                languages.Add(dialect, true);
            }

            return languages;
        }
    }

    [ClangTheory]
    [MemberData(nameof(Languages))]
    public void Every_kernel_of_the_corpus_compiles(string dialect, bool isDouble)
    {
        ElementType real = isDouble ? ElementType.Double : ElementType.Single;
        Compile(dialect, isDouble, DeviceCorpus.Keys.Where(key => DeviceCorpus.Case(key).Reals.Contains(real)).Select(key => (key, DeviceCorpus.Program(key, real))));
    }

    [ClangTheory]
    [MemberData(nameof(Languages))]
    public void Every_kernel_of_the_catalogue_compiles(string dialect, bool isDouble) =>
        Compile(dialect, isDouble, DeclaredLoss.Catalogue.Where(o => o.IsDouble == isDouble).Select(o => (o.ToString(), o.Program)));

    /// <summary>
    /// Threads of a group exchange what they write. A compiler that takes a pointer for the only one to its memory moves reads over the barriers
    /// between them; a graphics card then reads what was there before, which no device of the tests does.
    /// </summary>
    [Fact]
    public void What_is_written_is_not_restrict() => Assert.All(
        DeclaredLoss.Catalogue.Select(o => o.Program), program => Assert.DoesNotMatch(@"LG_G (?!const )\w+\* LG_R", program.ValueKernels!.Source + program.GradientKernels!.Source));

    /// <summary>The check itself finds what is wrong in one language only.</summary>
    [ClangTheory]
    [InlineData("opencl", "LG_KERNEL(256) f(LG_G float* a) { float* b = a; b[0] = 1.0f; }")]
    [InlineData("cuda", "LG_KERNEL(256) f(LG_G float* a) { a[0] = as_float(1u); }")]
    [InlineData("hip", "LG_KERNEL(256) f(LG_G float* a) { a[0] = missing; }")]
    [InlineData("cuda", "LG_KERNEL(256) f(LG_G float* a) { int unused = 1; a[0] = 1.0f; }")]
    public void A_mistake_is_found(string dialect, string kernel) => Assert.ThrowsAny<Exception>(() => Clang.Compile(dialect, Prelude.With(kernel, isDouble: false)));

    // One text for all: the same prelude, and names that tell the programs apart.
    private static void Compile(string dialect, bool isDouble, IEnumerable<(string What, LossProgram Program)> programs)
    {
        IEnumerable<string> kernels = programs.Select((p, number) =>
            $"/* {p.What} */\n{Renamed(p.Program.ValueKernels!, $"Case{number}_value")}\n{Renamed(p.Program.GradientKernels!, $"Case{number}_gradient")}\n");
        Clang.Compile(dialect, Prelude.With(string.Join("\n", kernels), isDouble));
    }

    private static string Renamed(DeviceKernels kernels, string name) => Regex.Replace(kernels.Source, $@"\b{LaunchPlan.Parse(kernels.Plan).Name}_", name + "_");
}
