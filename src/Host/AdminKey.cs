namespace Dlcs.Host;

/// <summary>What the first administrator signs with: <c>key:secret</c>, as HTTP's Basic scheme has it.</summary>
public sealed record AdminKey(Guid Key, string Secret)
{
    /// <summary>In the data folder; only its owner may read it.</summary>
    public const string FileName = "admin-key";

    /// <summary><c>key:secret</c></summary>
    public string Credentials => $"{Key}:{Secret}";

    /// <summary>Another one, with a secret that cannot be guessed.</summary>
    public static AdminKey New(TimeProvider time) =>
        new(Guid.CreateVersion7(time.GetUtcNow()), Write.Keys.Secret.Random());

    /// <summary>The key that is kept in this data folder; <c>null</c> when there is none.</summary>
    public static AdminKey? Kept(string data) => File.Exists(Path.Combine(data, FileName))
        && File.ReadAllText(Path.Combine(data, FileName)).Trim().Split(':', 2) is [var key, { Length: > 0 } secret]
        && Guid.TryParse(key, out var id) ? new(id, secret) : null;

    /// <summary>Whole or not at all: a crash leaves no half key behind.</summary>
    public void Keep(string data) => WholeFile.Write(Path.Combine(data, FileName), $"{Credentials}\n");

    /// <summary>Without the secret: it goes into no log.</summary>
    public override string ToString() => Key.ToString();
}
