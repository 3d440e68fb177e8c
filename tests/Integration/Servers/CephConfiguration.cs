namespace Dlcs.Integration.Servers;

/// <summary>A configuration for a cluster that lives as long as a test run, alone on this machine.</summary>
internal static class CephConfiguration
{
    /// <param name="cluster">Its UUID.</param>
    /// <param name="port">The monitor's.</param>
    public static string Of(string folder, string cluster, int port) => $"""
        [global]
        fsid = {cluster}
        mon host = [v2:127.0.0.1:{port}]
        public addr = 127.0.0.1
        cluster addr = 127.0.0.1
        run dir = {folder}/run
        admin socket = {folder}/run/$name.$pid.asok
        log file = {folder}/$name.log
        mon cluster log file = {folder}/cluster.log
        pid file = {folder}/run/$name.$pid.pid
        keyring = {folder}/keyring
        osd pool default size = 1
        osd pool default min size = 1
        osd pool default pg num = 1
        osd pool default pgp num = 1
        osd pool default pg autoscale mode = off
        osd crush chooseleaf type = 0
        mon allow pool size one = true
        mon max pg per osd = 2000
        mon warn on pool no redundancy = false

        [mon]
        mon data = {folder}/mon
        mon data avail crit = 1
        mon data avail warn = 2
        mon initial members = a
        paxos propose interval = 0.05
        paxos min wait = 0.01

        [osd]
        osd data = {folder}/osd
        osd objectstore = memstore
        memstore device bytes = 2147483648
        osd crush initial weight = 1
        osd crush update on start = true
        osd op num shards = 2
        osd op num threads per shard = 1
        osd heartbeat grace = 60

        [client.rgw]
        rgw data = {folder}/rgw
        rgw run sync thread = false
        rgw enable usage log = false
        rgw enable ops log = false
        rgw thread pool size = 32
        rgw crypt require ssl = false
        rgw dynamic resharding = false
        """;
}
