using System.Runtime.CompilerServices;
using LossGen.Compiler;
using LossGen.Compiler.Model;

namespace LossGen.Generator;

/// <summary>
/// Compiles losses on all processors. The driver takes one loss after the other through a step, but all of them before the next step: so the
/// step that makes specifications starts what the step behind it ends. Nothing here keeps a specification alive.
/// </summary>
internal sealed class CompilationsAhead
{
    private readonly ConditionalWeakTable<LossSpec, Lazy<CompiledLoss>> _started = new();
    private readonly Dictionary<string, WeakReference<LossSpec>> _ended = new(StringComparer.Ordinal);
    private volatile bool _hasOne;

    /// <summary>Starts to compile a loss, unless it is the one of this name that was compiled last.</summary>
    /// <returns>The loss.</returns>
    public LossSpec Start(LossSpec spec, CancellationToken cancellationToken)
    {
        if (IsKnown(spec)) return spec;
        Lazy<CompiledLoss> compiled = _started.GetValue(spec, _ => new(() => LossCompiler.Compile(spec, cancellationToken)));

        // The first is for the driver's own thread, and mostly the only one.
        if (_hasOne) ThreadPool.QueueUserWorkItem(static lazy => Try((Lazy<CompiledLoss>)lazy!), compiled);
        _hasOne = true;
        return spec;
    }

    /// <summary>The compiled loss. One that no other thread has begun is compiled by this one.</summary>
    public CompiledLoss End(LossSpec spec, CancellationToken cancellationToken)
    {
        _hasOne = false;
        CompiledLoss compiled = _started.TryGetValue(spec, out Lazy<CompiledLoss>? started) && Try(started) is { } ahead ? ahead : LossCompiler.Compile(spec, cancellationToken);
        lock (_ended) _ended[spec.HintName] = new(spec);
        _started.Remove(spec);
        return compiled;
    }

    private bool IsKnown(LossSpec spec)
    {
        lock (_ended) return _ended.TryGetValue(spec.HintName, out WeakReference<LossSpec>? last) && last.TryGetTarget(out LossSpec? known) && known.Equals(spec);
    }

    // Null where the run that it was started for was cancelled.
    private static CompiledLoss? Try(Lazy<CompiledLoss> compiled)
    {
        try
        {
            return compiled.Value;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
