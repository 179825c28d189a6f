using System.Reflection;

namespace LossGen.Tool.Assemblies;

/// <summary>Finds the losses of a compiled assembly: public static properties of type <see cref="LossProgram"/> in public types.</summary>
internal static class LossAssembly
{
    private const string Suffix = "Program";

    private static readonly AssemblyName Runtime = typeof(LossProgram).Assembly.GetName();

    public static string ToolVersion => Runtime.Version!.ToString(3);

    /// <summary>The losses in the order of their names.</summary>
    public static FoundLoss[] Find(string path)
    {
        Assembly assembly = Load(path);
        CheckVersion(path, assembly);
        return [.. Types(path, assembly).Where(type => type.IsVisible).SelectMany(Losses).OrderBy(loss => loss.FullName, StringComparer.Ordinal)];
    }

    private static Assembly Load(string path)
    {
        if (!File.Exists(path)) throw new ToolException(ExitCodes.BadArguments, $"The assembly was '{path}', where there is no file; expected the .dll of a built project.");
        try
        {
            string full = Path.GetFullPath(path);
            return new LossLoadContext(full).LoadFromAssemblyPath(full);
        }
        catch (Exception failure) when (failure is BadImageFormatException or FileLoadException)
        {
            throw new ToolException(ExitCodes.BadArguments, $"The assembly was '{path}', which .NET cannot load; expected the .dll of a built project. {failure.Message}");
        }
    }

    // Before 1.0 a minor version may change what generated code and runtime have between them.
    private static void CheckVersion(string path, Assembly assembly)
    {
        Version? needed = assembly.GetReferencedAssemblies().FirstOrDefault(name => name.Name == Runtime.Name)?.Version;
        if (needed is null || (needed.Major == Runtime.Version!.Major && needed.Minor == Runtime.Version.Minor)) return;
        throw new ToolException(ExitCodes.Missing, $"{path} was compiled with LossGen {needed.ToString(3)}, this tool is of LossGen {ToolVersion}; expected the same version: install LossGen.Tool {needed.ToString(3)}.");
    }

    private static IEnumerable<Type> Types(string path, Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException failure)
        {
            string reason = failure.LoaderExceptions.FirstOrDefault(e => e is not null)?.Message ?? failure.Message;
            throw new ToolException(ExitCodes.BadArguments, $"{path} needs an assembly that cannot be loaded; expected it in the same folder, as dotnet publish puts it. {reason}");
        }
    }

    private static IEnumerable<FoundLoss> Losses(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(property => property.PropertyType == typeof(LossProgram))
            .Select(property => Read(type, property));

    private static FoundLoss Read(Type type, PropertyInfo property)
    {
        string nested = string.Join('.', Outwards(type).Reverse().Select(t => t.Name.Split('`')[0]));
        string name = property.Name.EndsWith(Suffix, StringComparison.Ordinal) ? property.Name[..^Suffix.Length] : property.Name;
        if (type.ContainsGenericParameters) return new(type.Namespace ?? "", nested, name, null, "its class is generic.");
        try
        {
            LossProgram? program = (LossProgram?)property.GetValue(null);
            return new(type.Namespace ?? "", nested, name, program, program is { ValueKernels: not null, GradientKernels: not null } ? null : "it was compiled without kernels for devices.");
        }
        catch (TargetInvocationException failure)
        {
            return new(type.Namespace ?? "", nested, name, null, $"{property.Name} failed: {failure.GetBaseException().Message}");
        }
    }

    private static IEnumerable<Type> Outwards(Type type)
    {
        for (Type? at = type; at is not null; at = at.DeclaringType) yield return at;
    }
}
