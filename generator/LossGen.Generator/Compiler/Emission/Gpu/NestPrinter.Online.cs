using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>The largest term and sums of exponentials below it, in one loop.</summary>
internal sealed partial class NestPrinter
{
    private void WriteOnline(OnlineSum online)
    {
        ScalarLoop loop = online.SumLoop;
        bool isShared = _hasLanes && !_isInLanes;
        KernelLocal[] sums = Accumulations(loop.Body).Select(a => a.Local).Distinct().ToArray();
        Write(online.Before);
        _writer.WriteLine("/* as the largest grows, sums of exponentials below it are scaled */");
        if (isShared)
        {
            BeginShare(online.Peak, Ops.Max);
            foreach (KernelLocal sum in sums) BeginShare(sum, Ops.Add);
        }

        _isInLanes |= isShared;
        void Step(bool isVector, Action<Action> each) => WriteOnlineStep(online, isVector, each);
        if (!isShared || !TryWriteLanes(loop, online.PeakLoop.Body.AddRange(loop.Body), Step))
        {
            using (_writer.WriteBlock(Head(loop, isShared ? "lanes" : "1"))) Step(false, body => body());
        }

        _isInLanes &= !isShared;
        if (isShared)
        {
            string peak = ShareOf(online.Peak), scale = _expressions.Name(online.Peak.Name + "_scale");
            EndShare(online.Peak, Ops.Max);
            _writer.WriteLine($"const {_expressions.Real} {scale} = lg_rescaling({peak}, {Name(online.Peak)});");
            foreach (KernelLocal sum in online.Scaled) WriteScaled(sum, scale);
            foreach (KernelLocal sum in sums) EndShare(sum, Ops.Add);
            Synchronize(KernelEffects.Of(loop.Body).Touched.Overlaps(_shared));
        }

        Write(online.After);
    }

    private void WriteOnlineStep(OnlineSum online, bool isVector, Action<Action> each)
    {
        string peak = ShareOf(online.Peak), before = _expressions.Name(online.Peak.Name + "_before"), scale = _expressions.Name(online.Peak.Name + "_scale");
        _writer.WriteLine($"const {_expressions.Real} {before} = {peak};");
        bool declares = !isVector && online.PeakLoop.Body.Any(s => s is Declare);
        using (declares ? _writer.WriteBlock("") : default(IDisposable?)) each(() => Write(online.PeakLoop.Body));

        // NaN is no number's equal, not even its own.
        using (_writer.WriteBlock($"if ({peak} != {before})"))
        {
            _writer.WriteLine($"const {_expressions.Real} {scale} = lg_rescaling({before}, {peak});");
            foreach (KernelLocal sum in online.Scaled) WriteScaled(sum, scale);
        }

        _expressions.Shares[online.Peak] = peak;
        Write(online.Shift);
        _expressions.Shares.Remove(online.Peak);
        WriteStep(online.SumLoop.Body, isVector, each);
    }

    private void WriteScaled(KernelLocal sum, string scale) => _writer.WriteLine(sum.Precision == Precision.Wide
        ? $"{ShareOf(sum)} = lg_pair_multiply({ShareOf(sum)}, {scale});"
        : $"{ShareOf(sum)} = {ShareOf(sum)} * {scale};");
}
