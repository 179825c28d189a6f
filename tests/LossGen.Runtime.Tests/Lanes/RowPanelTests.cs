using System.Numerics;
using Xunit;

namespace LossGen.Runtime.Tests;

/// <summary>Rows that go to a panel, one lane each, and back.</summary>
public sealed class RowPanelTests
{
    private const int First = 3;

    private static readonly (int Lanes, Turn<float> ToPanel, Turn<float> Back)[] Singles =
    [
        (4, (ref float rows, nint length, ref float panel, int count) =>
        {
            if (count == 4) Lanes.TurnRows128(in rows, First, length, ref panel);
            else Lanes.TurnRows128(in rows, First, length, ref panel, count);
        }, (ref float rows, nint length, ref float panel, int count) =>
        {
            if (count == 4) Lanes.TurnBack128(ref rows, First, length, in panel);
            else Lanes.TurnBack128(ref rows, First, length, in panel, count);
        }),
        (8, (ref float rows, nint length, ref float panel, int count) =>
        {
            if (count == 8) Lanes.TurnRows256(in rows, First, length, ref panel);
            else Lanes.TurnRows256(in rows, First, length, ref panel, count);
        }, (ref float rows, nint length, ref float panel, int count) =>
        {
            if (count == 8) Lanes.TurnBack256(ref rows, First, length, in panel);
            else Lanes.TurnBack256(ref rows, First, length, in panel, count);
        }),
        (16, (ref float rows, nint length, ref float panel, int count) =>
        {
            if (count == 16) Lanes.TurnRows512(in rows, First, length, ref panel);
            else Lanes.TurnRows512(in rows, First, length, ref panel, count);
        }, (ref float rows, nint length, ref float panel, int count) =>
        {
            if (count == 16) Lanes.TurnBack512(ref rows, First, length, in panel);
            else Lanes.TurnBack512(ref rows, First, length, in panel, count);
        }),
    ];

    private static readonly (int Lanes, Turn<double> ToPanel, Turn<double> Back)[] Doubles =
    [
        (2, (ref double rows, nint length, ref double panel, int count) =>
        {
            if (count == 2) Lanes.TurnRows128(in rows, First, length, ref panel);
            else Lanes.TurnRows128(in rows, First, length, ref panel, count);
        }, (ref double rows, nint length, ref double panel, int count) =>
        {
            if (count == 2) Lanes.TurnBack128(ref rows, First, length, in panel);
            else Lanes.TurnBack128(ref rows, First, length, in panel, count);
        }),
        (4, (ref double rows, nint length, ref double panel, int count) =>
        {
            if (count == 4) Lanes.TurnRows256(in rows, First, length, ref panel);
            else Lanes.TurnRows256(in rows, First, length, ref panel, count);
        }, (ref double rows, nint length, ref double panel, int count) =>
        {
            if (count == 4) Lanes.TurnBack256(ref rows, First, length, in panel);
            else Lanes.TurnBack256(ref rows, First, length, in panel, count);
        }),
        (8, (ref double rows, nint length, ref double panel, int count) =>
        {
            if (count == 8) Lanes.TurnRows512(in rows, First, length, ref panel);
            else Lanes.TurnRows512(in rows, First, length, ref panel, count);
        }, (ref double rows, nint length, ref double panel, int count) =>
        {
            if (count == 8) Lanes.TurnBack512(ref rows, First, length, in panel);
            else Lanes.TurnBack512(ref rows, First, length, in panel, count);
        }),
    ];

    private delegate void Turn<T>(ref T rows, nint length, ref T panel, int count);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(33)]
    public void Rows_go_to_the_lanes_of_a_panel_and_back_and_nothing_else_is_touched(int length)
    {
        foreach ((int lanes, Turn<float> toPanel, Turn<float> back) in Singles) Check(lanes, toPanel, back, length);
        foreach ((int lanes, Turn<double> toPanel, Turn<double> back) in Doubles) Check(lanes, toPanel, back, length);
    }

    private static void Check<T>(int lanes, Turn<T> toPanel, Turn<T> back, int length)
        where T : INumber<T>
    {
        T guard = -T.One;
        for (int count = 1; count <= lanes; count++)
        {
            T[] rows = [.. Enumerable.Range(1, First + (count * length)).Select(T.CreateChecked)];
            T[] panel = [.. Enumerable.Repeat(guard, (lanes * length) + 1)], again = [.. Enumerable.Repeat(guard, rows.Length + 1)];
            toPanel(ref rows[0], length, ref panel[0], count);
            Assert.Equal(Enumerable.Range(0, lanes * length).Select(k => k % lanes < count ? rows[First + (k % lanes * length) + (k / lanes)] : guard).Append(guard), panel);
            back(ref again[0], length, ref panel[0], count);
            Assert.Equal([.. Enumerable.Repeat(guard, First), .. rows[First..], guard], again);
        }
    }
}
