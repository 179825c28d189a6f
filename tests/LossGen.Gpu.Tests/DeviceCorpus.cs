using System.Collections.Concurrent;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Model;
using LossGen.Gpu.Tests.Calls;
using LossGen.Kernels.Tests.Corpus;
using Xunit;

namespace LossGen.Gpu.Tests;

/// <summary>The cases of the CPU's corpus, each with its program as the generator emits it.</summary>
internal static class DeviceCorpus
{
    private static readonly LossCase[] WordLosses =
    [
        new("reserved words", "half! real[kernel, local]; union! real[kernel, local]; slots real = 0.5; lane real[local]; α real[kernel]",
            "auto = half * union; lg_max = max[local](auto + lane) * α; float4 = mean(lg_max * slots); float4 + sum(auto)", ["kernel=3,local=5", "kernel=1,local=17"]),
        new("names that kernels make", "x! real[n]; y! real[m]; tau real = 0.5",
            "tau_argument = sum(x^2); partials_2 = sum(y^2); groups_2 = sum(abs(y)); tau * tau_argument + tau * partials_2 * groups_2", ["n=3,m=5", "n=70,m=1"]),
    ];

    private static readonly Dictionary<string, LossCase> Cases = new (string Table, LossCase[] All)[]
    {
        ("published", PublishedLosses.All), ("functions", FunctionLosses.All), ("structure", StructureLosses.All), ("indices", IndexLosses.All), ("pairs", PairLosses.All),
        ("order", OrderLosses.All), ("recurrences", RecurrenceLosses.All), ("results", ResultLosses.All), ("extreme", ExtremeLosses.All), ("literature", LiteratureLosses.All), ("names", WordLosses),
        ("tensor spans", [TensorSpanLosses.All[^1]]),
    }.SelectMany(table => table.All.Select(loss => (Key: $"{table.Table}/{loss.Name}", loss))).ToDictionary(c => c.Key, c => c.loss);

    private static readonly ConcurrentDictionary<(string Key, ElementType Real), (LossSpec Spec, LossProgram Program)> Emitted = new();

    public static IEnumerable<string> Keys => Cases.Keys;

    /// <summary>Some cases of every table: the device's compiler takes seconds for each.</summary>
    private static readonly HashSet<string> Usual = new(StringComparer.Ordinal)
    {
        "published/bce naive", "published/class-axis dice", "published/cross-entropy", "published/dice and bce", "published/log-cosh", "published/mae",
        "published/mse with elastic net", "published/temperature", "published/triplet", "published/tversky", "published/wing", "functions/clamp by tensors",
        "functions/digamma", "functions/exp", "functions/log", "functions/log1p", "functions/power -1", "functions/power of a constant", "functions/sin",
        "names/names that kernels make", "structure/call in another class", "structure/float logits of a softmax", "structure/half tensors", "structure/logsumexp of an expression",
        "structure/mean of all", "structure/min with many ties", "structure/norm of columns", "structure/prod of a middle axis", "indices/bilinear",
        "indices/coarse differences", "indices/embedding", "indices/halves", "indices/mean difference", "indices/pairwise distance", "pairs/uniformity", "order/column maximum",
        "order/first of equal minima", "order/median", "order/order along an axis of fixed size", "order/own maximum", "recurrences/argument of the step",
        "recurrences/cumlogsumexp along the middle", "recurrences/cumsum along the middle", "recurrences/forward algorithm", "recurrences/moving average",
        "recurrences/recurrent layer", "results/cross-entropy of each", "results/huber of each", "results/masked squares", "results/pixel cross-entropy",
        "results/softmax against targets", "extreme/cross-entropy of equal logits far from 0", "extreme/log-cosh of large differences",
        "extreme/logsumexp of large logits", "extreme/masked by truth, under functions", "extreme/naive cross-entropy of large logits",
        "literature/average precision by pairs", "literature/chamfer", "literature/correlation alignment", "literature/frequencies", "literature/mixture density",
        "literature/proximal policy with groups",
    };

    /// <summary>The cases that run on a device, in float; with LOSSGEN_GPU_ALL=1 every one, in both types.</summary>
    public static TheoryData<string, bool> Names
    {
        get
        {
            bool all = Environment.GetEnvironmentVariable("LOSSGEN_GPU_ALL") == "1";
            TheoryData<string, bool> names = [];
            foreach ((string key, LossCase loss) in Cases.Where(c => all || Usual.Contains(c.Key)))
            {
                foreach (ElementType real in loss.Reals.Where(r => all || r == ElementType.Single)) names.Add(key, real == ElementType.Double);
            }

            return names;
        }
    }

    public static LossCase Case(string key) => Cases[key];

    public static LossProgram Program(string key, ElementType real) => Emit(key, real).Program;

    /// <summary>The case with the formula that the oracle evaluates, called on a device.</summary>
    public static CompiledCase On(GpuDevice device, string key, ElementType real)
    {
        (LossSpec spec, LossProgram program) = Emit(key, real);
        LossSpec truth = Cases[key].Reference is { } reference ? spec with { Signature = spec.Signature with { Formula = reference } } : spec;
        BoundLoss bound = Compiler.Binding.Binder.Bind(truth, CancellationToken.None).Loss!;
        GpuLoss loss = device.Load(program);
        return new(Cases[key], real, bound, null, null, "") { Caller = inputs => new DeviceCall(loss, Cases[key], real, inputs) };
    }

    private static (LossSpec Spec, LossProgram Program) Emit(string key, ElementType real) => Emitted.GetOrAdd((key, real), k =>
    {
        LossSpec spec = EmittedProgram.Read(Cases[k.Key], k.Real);
        return (spec, EmittedProgram.Of(spec));
    });
}
