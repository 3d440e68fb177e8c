namespace Dlcs.Integration.Ops;

/// <summary>
/// What <c>ops/prepare.sh</c> does about what is missing. Its functions run in a real shell, on a machine that is
/// acted: the commands that would change it only note in <c>calls</c> how they were called.
/// </summary>
public sealed class PreparingAMachine : IDisposable
{
    private const string Note = """echo "${0##*/} $*" >>calls""";
    private readonly DataFolder folder = new();
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    private string Calls => Path.Combine(folder.Path, "calls");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task installs_as_root_what_is_missing_and_lets_debian_make_no_database()
    {
        Acts("id", "echo 0");
        Acts("apt-get", Note);
        Acts("apt-cache", "[ $2 = libvips42t64 ]"); // the name that newer systems have for it

        (await NeedPackages()).ShouldBe((0, "Installing postgresql libvips42 …\n"));

        File.ReadLines(Calls).Select(call => call.Split(" -o ")[0]).ShouldBe(
            ["apt-get update -q", "apt-get install -y -q --no-install-recommends"]);
        File.ReadLines(Calls).Last().ShouldEndWith(" postgresql libvips42t64");
        (await File.ReadAllTextAsync(Path.Combine(folder.Path, "etc/postgresql-common/createcluster.conf"), ct))
            .ShouldBe("create_main_cluster = false\n");
    }

    [Fact]
    public async Task leaves_a_setting_of_debians_as_it_is()
    {
        Acts("id", "echo 0");
        Acts("apt-get", Note);
        Acts("apt-cache", "false");
        var conf = Path.Combine(Directory.CreateDirectory(
            Path.Combine(folder.Path, "etc/postgresql-common")).FullName, "createcluster.conf");
        await File.WriteAllTextAsync(conf, "mine\n", ct);

        (await NeedPackages()).Exit.ShouldBe(0);

        File.ReadLines(Calls).Last().ShouldEndWith(" postgresql libvips42");
        (await File.ReadAllTextAsync(conf, ct)).ShouldBe("mine\n");
    }

    [Fact]
    public async Task says_what_went_wrong_when_installing_fails()
    {
        Acts("id", "echo 0");
        Acts("apt-get", "echo 'E: no route to the mirror' >&2; exit 100");

        (await NeedPackages()).ShouldBe((1, """
            Installing postgresql libvips42 …
            E: no route to the mirror
            Installing postgresql libvips42 failed.

            """));
    }

    [Fact]
    public async Task installs_with_sudo_where_that_asks_for_nothing()
    {
        Acts("id", "echo 1000");
        Acts("apt-get", Note);
        Acts("sudo", """[ "$2" = true ] || echo "$1 $2 $3 … ${*:5}" >>calls""");

        (await NeedPackages()).ShouldBe((0, "Installing postgresql libvips42 …\n"));

        (await File.ReadAllTextAsync(Calls, ct)).ShouldBe("-n sh -c … install postgresql libvips42\n");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task prints_the_one_line_to_type_for_who_may_not_install(bool sudo)
    {
        Acts("id", "echo 1000");
        Acts("apt-get", Note);
        if (sudo) Acts("sudo", "echo 'sudo: a password is required' >&2; exit 1");

        (await NeedPackages()).ShouldBe((1, """
            Not installed: postgresql libvips42. Type this as root, then start again:
              apt-get update && apt-get install -y --no-install-recommends postgresql libvips42

            """));

        File.Exists(Calls).ShouldBeFalse();
    }

    [Fact]
    public async Task names_what_is_missing_where_there_is_no_apt() =>
        (await NeedPackages()).ShouldBe((1,
            "Not installed: postgresql libvips42. Install them the way this system does it.\n"));

    [Theory]
    [InlineData("has_postgres() { true; }", "", "libvips42")]
    [InlineData("ConnectionStrings__Postgres=Host=db.example.org", "", "libvips42")]
    [InlineData("true", "libvips.so.42 (libc6,x86-64) => /usr/lib/libvips.so.42", "postgresql")]
    [InlineData("true", "libvips.so.43 (libc6,x86-64) => /usr/lib/libvips.so.43", "postgresql libvips42")]
    public async Task installs_no_more_than_is_missing(string there, string libraries, string missing)
    {
        Acts("ldconfig", $"echo '{libraries}'");

        (await NeedPackages(there)).ShouldBe(
            (1, $"Not installed: {missing}. Install them the way this system does it.\n"));
    }

    [Fact]
    public async Task installs_nothing_where_all_is_there()
    {
        Acts("ldconfig", "echo 'libvips.so.42 (libc6,x86-64) => /usr/lib/libvips.so.42'");

        (await NeedPackages("has_postgres() { true; }")).ShouldBe((0, ""));
    }

    [Fact]
    public async Task says_where_to_get_the_sdk_when_there_is_none() =>
        (await Shell("find_dotnet nowhere; echo went on")).ShouldBe((1, """
            The .NET 10 SDK is not installed.
            Get it from https://dotnet.microsoft.com/download/dotnet/10.0, or type, where there is curl:
              curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0

            """));

    [Theory]
    [InlineData("path/sdk/9.0.100", "home/.dotnet/sdk/10.0.100", "home/.dotnet")]
    [InlineData("path/shared/Microsoft.AspNetCore.App/10.0.0", "root/sdk/10.0.401", "root")] // the first builds none
    [InlineData("path/sdk/10.0.401", "root/sdk/10.0.401", "path")]
    public async Task takes_the_first_dotnet_that_has_what_it_needs(string one, string other, string taken)
    {
        foreach (var has in (string[])[one, other])
        {
            Directory.CreateDirectory(Path.Combine(folder.Path, has));
            Acts("dotnet", "true", has.Split("/s")[0]);
        }

        (await Shell($"""
            export PATH=$PWD/path:$PATH DOTNET_ROOT=$PWD/root HOME=$PWD/home
            find_dotnet sdk
            [ "$dotnet" -ef {taken}/dotnet ] && [ "$(command -v dotnet)" -ef {taken}/dotnet ]
            """)).ShouldBe((0, ""));
    }

    /// <summary>A command of the machine.</summary>
    private void Acts(string name, string body, string place = "bin")
    {
        var command = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.Path, place)).FullName, name);
        File.WriteAllText(command, $"#!/bin/bash\n{body}\n");
        File.SetUnixFileMode(command, DataFolder.Open);
    }

    /// <summary>On a machine with nothing but what acts, and the few commands that every one has.</summary>
    private Task<(int Exit, string Said)> NeedPackages(string there = "true") => Shell($$"""
        mkdir -p bin
        for each in sh bash mktemp rm mkdir cat grep true false; do ln -s "$(type -P $each)" bin/; done
        PATH=$PWD/bin
        /sbin/ldconfig() { ldconfig; }
        has_postgres() { false; }
        {{there}}
        install=${install//\/etc\//$PWD/etc/}
        need_packages
        """);

    private Task<(int Exit, string Said)> Shell(string script) => RunningOps.Run(folder.Path, "bash", "-c", $"""
        set -euo pipefail
        unset ConnectionStrings__Postgres
        root=$PWD
        . '{RunningOps.Root}/ops/prepare.sh'
        {script}
        """);
}
