using System.Collections.Immutable;
using System.Globalization;
using LossGen.Compiler.Diagnostics;

namespace LossGen.Compiler.Binding;

/// <summary>One axis in the text of an <c>[Axes]</c>: <c>n</c>, <c>k = 4</c> or <c>k = c</c>.</summary>
/// <param name="Name">The axis.</param>
/// <param name="NameSpan">Its characters.</param>
/// <param name="FixedSize">The size, when it is a number.</param>
/// <param name="SizeOf">The axis whose size it has, when it is a name.</param>
/// <param name="SizeSpan">The size's characters.</param>
internal sealed record AxisSyntax(string Name, TextSpan NameSpan, long? FixedSize, string? SizeOf, TextSpan SizeSpan);

/// <summary>Reads the text of an <c>[Axes]</c>: names with optional sizes, separated by commas.</summary>
internal sealed class AxesText
{
    private readonly string _text;
    private readonly ImmutableArray<AxisSyntax>.Builder _axes = ImmutableArray.CreateBuilder<AxisSyntax>();
    private int _at;

    private AxesText(string text)
    {
        _text = text;
        Read();
    }

    public ImmutableArray<AxisSyntax> Axes => _axes.ToImmutable();

    /// <summary>What is wrong with the text; null when nothing is.</summary>
    public string? Error { get; private set; }

    /// <summary>Where it is wrong.</summary>
    public TextSpan ErrorSpan { get; private set; }

    public static AxesText Parse(string text) => new(text);

    private void Read()
    {
        do
        {
            SkipBlanks();
            if (ReadName() is not { } name)
            {
                Fail("the name of an axis is missing");
                return;
            }

            TextSpan nameSpan = TextSpan.FromBounds(_at - name.Length, _at);
            SkipBlanks();
            if (!Take('='))
            {
                _axes.Add(new AxisSyntax(name, nameSpan, null, null, default));
            }
            else if (!ReadSize(name, nameSpan))
            {
                return;
            }

            SkipBlanks();
        }
        while (Take(','));

        if (_at < _text.Length) Fail("a comma is missing");
    }

    private bool ReadSize(string name, TextSpan nameSpan)
    {
        SkipBlanks();
        int start = _at;
        if (ReadName() is { } other)
        {
            _axes.Add(new AxisSyntax(name, nameSpan, null, other, TextSpan.FromBounds(start, _at)));
            return true;
        }

        while (_at < _text.Length && _text[_at] is >= '0' and <= '9') _at++;
        if (_at == start)
        {
            Fail($"the size of axis '{name}' is missing");
            return false;
        }

        TextSpan span = TextSpan.FromBounds(start, _at);
        if (!int.TryParse(_text.Substring(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out int size) || size == 0)
        {
            (Error, ErrorSpan) = ($"the size of axis '{name}' is not between 1 and {int.MaxValue.ToString(CultureInfo.InvariantCulture)}", span);
            return false;
        }

        _axes.Add(new AxisSyntax(name, nameSpan, size, null, span));
        return true;
    }

    private string? ReadName()
    {
        int start = _at;
        while (_at < _text.Length && (_text[_at] == '_' || char.IsLetter(_text[_at]) || (_at > start && char.IsDigit(_text[_at])))) _at++;
        return _at == start ? null : _text.Substring(start, _at - start);
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
    }

    private bool Take(char c)
    {
        if (_at == _text.Length || _text[_at] != c) return false;
        _at++;
        return true;
    }

    private void Fail(string reason) => (Error, ErrorSpan) = (reason, new TextSpan(_at, _at < _text.Length ? 1 : 0));
}
