using NetVips;

namespace Dlcs.Processing.Pixels;

/// <summary>
/// A file for libvips to write to that never tells it of a failure: dzsave of libvips 8.14 waits for ever after one,
/// holding a lock that all of libvips needs. Instead the picture is stopped, and whoever called asks how it went.
/// </summary>
internal sealed class StoppingTarget : IDisposable
{
    private readonly FileStream file;
    private readonly Image stopped;
    private IOException? failure;

    /// <param name="evaluated">What is being written.</param>
    public StoppingTarget(string file, Image evaluated)
    {
        (this.file, stopped) = (new FileStream(file, FileMode.Create, FileAccess.ReadWrite), evaluated);
        Target = new();
        Target.OnWrite += Write;
        Target.OnRead += (buffer, length) => this.file.Read(buffer, 0, length);
        Target.OnSeek += (offset, origin) => Try(() => this.file.Seek(offset, origin)) ?? offset;
        Target.OnEnd += () => 0;
    }

    public TargetCustom Target { get; }

    /// <exception cref="IOException">Something could not be written.</exception>
    public void ThrowIfFull()
    {
        Try(file.Flush);
        if (failure is not null)
            throw new IOException("The work folder cannot be written to; it may be full.", failure);
    }

    public void Dispose()
    {
        Target.Dispose();
        try
        {
            file.Dispose();
        }
        catch (IOException)
        {
            // What could not be written is known by now.
        }
    }

    private long Write(byte[] buffer, int length)
    {
        Try(() => file.Write(buffer, 0, length));
        return length;
    }

    private void Try(Action act) => Try<bool>(() =>
    {
        act();
        return true;
    });

    private T? Try<T>(Func<T> act) where T : struct
    {
        if (failure is not null) return null;
        try
        {
            return act();
        }
        catch (IOException e)
        {
            failure = e;
            stopped.SetKill(true);
            return null;
        }
    }
}
