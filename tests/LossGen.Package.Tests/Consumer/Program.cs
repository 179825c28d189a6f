using System;
using System.Globalization;
using LossGen;
using LossGen.Gpu;
using LossGen.Losses;

namespace Consumer;

/// <summary>Losses that a user of the package declares.</summary>
public static partial class SegmentationLosses
{
    /// <summary>Dice plus cross-entropy.</summary>
    /// <param name="z">Scores.</param>
    /// <param name="y">Mask.</param>
    /// <param name="dice">The Dice part.</param>
    /// <param name="bce">The cross-entropy part.</param>
    /// <param name="weight">Weight of the cross-entropy.</param>
    /// <param name="smooth">Smoothing of the ratio.</param>
    /// <returns>The loss.</returns>
    [Loss("""
        p    = sigmoid(z);
        dice = 1 - (2 * sum(p * y) + smooth) / (sum(p) + sum(y) + smooth);
        bce  = mean(softplus(z) - y * z);
        dice + weight * bce
        """)]
    public static partial float DiceBce(
        ReadOnlySpan<float> z, ReadOnlySpan<byte> y, out float dice, out float bce, float weight = 1f, float smooth = 1f);
}

/// <summary>A generic type around a loss.</summary>
/// <typeparam name="T">Nothing that matters.</typeparam>
public static partial class Outer<T>
{
    /// <summary>A loss in a nested type.</summary>
    public static partial class Inner
    {
        /// <summary>Mean squared residual, with a penalty that comes from the catalogue.</summary>
        /// <param name="x">Prediction.</param>
        /// <param name="y">Target.</param>
        /// <param name="w">Weights.</param>
        /// <returns>The loss.</returns>
        [Loss("mean((x - y)^2) + Regularizers.ElasticNet(w, 0.5, 0.25)")]
        public static partial double Ridge(
            ReadOnlySpan<double> x, ReadOnlySpan<double> y, [Axes("j"), Differentiate] ReadOnlySpan<double> w);
    }
}

internal static class Program
{
    private static void Main()
    {
        float[] zGradient = new float[4];
        float loss = SegmentationLosses.DiceBceGradient([0, 0, 0, 0], [1, 0, 1, 0], zGradient, out float dice, out float bce);
        Print("dice+bce", loss, dice, bce, zGradient[0], zGradient[1]);

        double[] wGradient = new double[2];
        Print("ridge", Outer<string>.Inner.RidgeGradient([1, 2], [3, 5], [3, -4], wGradient), wGradient[0], wGradient[1]);
        Print("catalogue", RegressionLosses.MeanAbsoluteError([1f, 2f], [3f, 5f]));
        Console.WriteLine(SegmentationLosses.DiceBceProgram.Name);
        if (GpuDevice.Enumerate() is [var device, ..]) OnDevice(device);
        else Console.WriteLine("no device: " + GpuDevice.WhyUnavailable());
    }

    private static void OnDevice(GpuDevice device)
    {
        GpuOptions.CacheFolder = null;
        using GpuQueue queue = device.CreateQueue();
        using GpuBuffer<float> z = queue.Upload<float>([0, 0, 0, 0]), zGradient = new(device, 4);
        using GpuBuffer<byte> y = queue.Upload<byte>([1, 0, 1, 0]);
        float loss = SegmentationLosses.DiceBceGradient(queue, z, y, zGradient, out float dice, out float bce);
        float[] gradient = new float[4];
        zGradient.Read(queue, gradient);
        Print("device", loss, dice, bce, gradient[0], gradient[1]);
    }

    private static void Print(string name, params double[] values)
    {
        string[] texts = Array.ConvertAll(values, value => value.ToString("F5", CultureInfo.InvariantCulture));
        Console.WriteLine(name + " " + string.Join(' ', texts));
    }
}
