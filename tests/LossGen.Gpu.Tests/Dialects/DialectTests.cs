using LossGen.Compiler.Model;
using Xunit;

namespace LossGen.Gpu.Tests.Dialects;

/// <summary>All kernels of the corpus, value and gradients, compiled in each language with warnings as errors.</summary>
public class DialectTests
{
    [ClangTheory]
    [InlineData("opencl", false)]
    [InlineData("opencl", true)]
    [InlineData("cuda", false)]
    [InlineData("cuda", true)]
    [InlineData("hip", false)]
    [InlineData("hip", true)]
    public void Every_kernel_compiles(string dialect, bool isDouble)
    {
        ElementType real = isDouble ? ElementType.Double : ElementType.Single;
        int number = 0;

        // One text for all: the same prelude, and names that tell the cases apart.
        IEnumerable<string> kernels = DeviceCorpus.Keys.Where(key => DeviceCorpus.Case(key).Reals.Contains(real)).Select(key =>
        {
            LossProgram program = DeviceCorpus.Program(key, real);
            string name = $"Case{number++}_";
            return $"/* {key} */\n{(program.ValueKernels!.Source + "\n" + program.GradientKernels!.Source).Replace("Loss_", name)}\n";
        });
        Clang.Compile(dialect, Prelude.With(string.Join("\n", kernels), isDouble));
    }

    /// <summary>The check itself finds what is wrong in one language only.</summary>
    [ClangTheory]
    [InlineData("opencl", "LG_KERNEL(256) f(LG_G float* a) { float* b = a; b[0] = 1.0f; }")]
    [InlineData("cuda", "LG_KERNEL(256) f(LG_G float* a) { a[0] = as_float(1u); }")]
    [InlineData("hip", "LG_KERNEL(256) f(LG_G float* a) { a[0] = missing; }")]
    [InlineData("cuda", "LG_KERNEL(256) f(LG_G float* a) { int unused = 1; a[0] = 1.0f; }")]
    public void A_mistake_is_found(string dialect, string kernel) => Assert.ThrowsAny<Exception>(() => Clang.Compile(dialect, Prelude.With(kernel, isDouble: false)));
}
