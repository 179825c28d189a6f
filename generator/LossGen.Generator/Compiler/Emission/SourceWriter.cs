using System.Text;

namespace LossGen.Compiler.Emission;

/// <summary>
/// Builds the text of a source file: one newline character on every platform, indentation by nested blocks, blank lines
/// without trailing spaces.
/// </summary>
internal sealed class SourceWriter
{
    private const int IndentSize = 4;

    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>The current depth of indentation, in blocks.</summary>
    public int Depth => _depth;

    /// <summary>Writes an empty line.</summary>
    public void WriteLine() => _text.Append('\n');

    /// <summary>Writes one line at the current indentation.</summary>
    public void WriteLine(string line)
    {
        if (line.Length > 0) _text.Append(' ', _depth * IndentSize).Append(line);
        _text.Append('\n');
    }

    /// <summary>Writes every line of a text at the current indentation, keeping the indentation the lines have among themselves.</summary>
    public void WriteLines(string text)
    {
        text = text.Replace("\r\n", "\n").TrimEnd('\n');
        for (int start = 0; start <= text.Length;)
        {
            int end = text.IndexOf('\n', start) is var next and >= 0 ? next : text.Length;
            if (end > start) _text.Append(' ', _depth * IndentSize).Append(text, start, end - start);
            _text.Append('\n');
            start = end + 1;
        }
    }

    /// <summary>Writes a header (none when empty) and an opening brace; disposing the result closes it.</summary>
    public Block WriteBlock(string header, string end = "}")
    {
        if (header.Length > 0) WriteLine(header);
        WriteLine("{");
        _depth++;
        return new Block(this, end);
    }

    /// <summary>Indents by one step without braces, for continued lines.</summary>
    public Block Indent()
    {
        _depth++;
        return new Block(this, null);
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    /// <summary>An open block; disposing it closes it.</summary>
    internal readonly struct Block(SourceWriter writer, string? end) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose()
        {
            writer._depth--;
            if (end is not null) writer.WriteLine(end);
        }
    }
}
