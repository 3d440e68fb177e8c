using System.IO.Enumeration;

namespace Dlcs.Kernel.Storage.Folder;

/// <summary>
/// Storage in a folder on disk, which any number of processes may share. An object is written beside the others,
/// synced, and renamed into place.
/// </summary>
public sealed class FolderStorage : IStorage, IDisposable
{
    /// <summary>Up to here a read is done on the caller's thread: from the page cache it takes less time than a change
    /// of threads would.</summary>
    private const int Short = 128 * 1024;

    private readonly string root;
    private readonly string half;
    private readonly TimeProvider time;
    private readonly OpenFiles open;
    private readonly Incoming incoming;

    /// <param name="root">Made when it is not there.</param>
    /// <param name="handles">How many files are kept open for reading.</param>
    /// <exception cref="StorageUnavailableException">The folder cannot be made or written to.</exception>
    public FolderStorage(string root, TimeProvider time, int handles = 512)
    {
        (this.root, this.time) = (Path.GetFullPath(root), time);
        open = new(handles);
        half = Path.Combine(this.root, ".incoming"); // no key begins with a dot
        incoming = new(half);
        Disk.Try($"The folder {this.root} cannot be used", () => Directory.CreateDirectory(half));
        RemoveLeftovers();
    }

    /// <summary>Removes what processes that died left half written.</summary>
    /// <exception cref="StorageUnavailableException">The folder cannot be looked into.</exception>
    public void RemoveLeftovers() => Disk.Try($"The folder {root} cannot be used", incoming.Sweep);

    public Task Put(StorageKey key, string file, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Task.Run(() => Put(PathOf(key), new FileInfo(file)), ct);
    }

    public ValueTask<StoredObject?> Find(StorageKey key, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var file = new FileInfo(PathOf(key));
        if (file.Exists) return ValueTask.FromResult<StoredObject?>(new(key, file.Length, file.LastWriteTimeUtc));
        MustBeThere();
        return ValueTask.FromResult<StoredObject?>(null);
    }

    public async ValueTask Read(StorageKey key, long offset, Memory<byte> into, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var path = PathOf(key);
        while (!into.IsEmpty)
        {
            try
            {
                var file = open.Get(path) ?? throw Miss(key);
                var read = into.Length <= Short
                    ? RandomAccess.Read(file, into.Span, offset) : await RandomAccess.ReadAsync(file, into, offset, ct);
                if (read is 0) throw new StorageMissException(key);
                (offset, into) = (offset + read, into[read..]);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                open.Forget(path); // a handle of a disk that went away never gets better
                throw Ill(e);
            }
            catch (ObjectDisposedException)
            {
                // It was closed to make room, or deleted, between getting and using it: once more.
            }
        }
    }

    public Task<Stream> Open(StorageKey key, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult<Stream>(new FileStream(PathOf(key), new FileStreamOptions
            {
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            }));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Miss(key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Ill(e);
        }
    }

    public Task Delete(StorageKey key, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var path = PathOf(key);
        if (File.Exists(path)) Disk.Try($"{key} cannot be deleted", () => File.Delete(path));
        open.Forget(path);
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<StoredObject> List(CancellationToken ct) => new FileSystemEnumerable<StoredObject>(
        root,
        (ref entry) => new(
            new(Path.GetRelativePath(root, entry.ToFullPath())), entry.Length, entry.LastWriteTimeUtc),
        new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
    {
        ShouldRecursePredicate = (ref entry) => !entry.FileName.StartsWith('.'),
        ShouldIncludePredicate = (ref entry) =>
            !entry.IsDirectory && StorageKey.IsKey(Path.GetRelativePath(root, entry.ToFullPath())),
    }.ToAsyncEnumerable();

    public void Dispose() => open.Dispose();

    /// <summary>Nothing is missing from a disk that is away: its folder is not there then, or is empty.</summary>
    /// <exception cref="StorageUnavailableException">It is.</exception>
    private void MustBeThere()
    {
        if (Directory.Exists(half)) return;
        throw Ill(new DirectoryNotFoundException($"{half} is not there; is its disk away?"));
    }

    private StorageMissException Miss(StorageKey key)
    {
        MustBeThere();
        return new(key);
    }

    private StorageUnavailableException Ill(Exception e) =>
        Disk.Unavailable($"The folder {root} cannot be read", e);

    private string PathOf(StorageKey key) => Path.Combine(root, key.Value);

    private void Put(string path, FileInfo file)
    {
        var length = file.Length;
        Disk.Try($"Storing {path} failed", () =>
        {
            var here = new FileInfo(path);
            if (here.Exists && here.Length == length)
            {
                File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
                return;
            }

            using var half = incoming.Begin();
            try
            {
                Disk.CopySynced(file.FullName, half);
                File.SetLastWriteTimeUtc(half.SafeFileHandle, time.GetUtcNow().UtcDateTime);
                Disk.MoveSynced(half.Name, path);
            }
            finally
            {
                File.Delete(half.Name);
            }
            open.Forget(path);
        });
    }
}
