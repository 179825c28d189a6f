using System.Security.Cryptography;

namespace LossGen.Gpu.Programs;

/// <summary>
/// Compiled programs in a folder, one file each, behind a head and a checksum: drivers do not look at what they are given as closely as
/// they should. Several processes may use it at once. Whatever fails here is no failure of the caller's: a program is compiled then.
/// </summary>
internal sealed class ProgramFolder(string folder, long mostBytes)
{
    private const string Extension = ".program";

    private const string Unfinished = ".unfinished";

    private const int ChecksumBytes = SHA256.HashSizeInBytes;

    // Raised when the files change.
    private static ReadOnlySpan<byte> Head => "LossGen program 1\n"u8;

    /// <summary>A program, or null where there is none that can be used.</summary>
    public byte[]? Read(string key)
    {
        try
        {
            byte[] file = File.ReadAllBytes(PathOf(key));
            ReadOnlySpan<byte> content = file;
            if (!content.StartsWith(Head) || content.Length <= Head.Length + ChecksumBytes) return null;
            content = content[Head.Length..];
            byte[] program = content[ChecksumBytes..].ToArray();
            if (!content[..ChecksumBytes].SequenceEqual(SHA256.HashData(program))) return null;
            File.SetLastWriteTimeUtc(PathOf(key), DateTime.UtcNow);
            return program;
        }
        catch (Exception failure) when (IsOfFiles(failure))
        {
            return null;
        }
    }

    /// <summary>Keeps a program, and lets go of those that were not used for longest.</summary>
    public void Write(string key, ReadOnlySpan<byte> program)
    {
        if (program.IsEmpty || program.Length > mostBytes) return;
        string path = PathOf(key), temporary = $"{path}.{Guid.NewGuid():N}{Unfinished}";
        try
        {
            CreateFolder();
            try
            {
                using (FileStream file = new(temporary, FileMode.CreateNew, FileAccess.Write))
                {
                    file.Write(Head);
                    file.Write(SHA256.HashData(program));
                    file.Write(program);
                }

                // Others see the whole file or none.
                File.Move(temporary, path, overwrite: true);
            }
            finally
            {
                File.Delete(temporary);
            }

            Trim();
        }
        catch (Exception failure) when (IsOfFiles(failure))
        {
        }
    }

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private void Trim()
    {
        long bytes = 0;
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles("*" + Extension).OrderByDescending(f => f.LastWriteTimeUtc))
        {
            bytes += file.Length;
            if (bytes > mostBytes) file.Delete();
        }

        // What processes that ended while they wrote have left.
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles("*" + Unfinished).Where(f => f.LastWriteTimeUtc < DateTime.UtcNow.AddHours(-1))) file.Delete();
    }

    private string PathOf(string key) => Path.Combine(folder, key + Extension);

    private static bool IsOfFiles(Exception failure) => failure is IOException or UnauthorizedAccessException or System.Security.SecurityException or NotSupportedException;
}
