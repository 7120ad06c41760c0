package dev.migrator.localstack.server;

/**
 * One Apicurio Registry.
 *
 * @param name what it is called here, such as {@code test}
 * @param port where clients connect, or {@link Ports#ANY}
 * @param managementPort where it tells its health, or {@link Ports#ANY}
 * @param onDisk keeps its data in its folder over a restart; else the data is gone with the process
 * @param deletion allows deleting groups, artifacts and versions; without it, as by default upstream, that answers 405
 */
public record RegistrySpec(String name, int port, int managementPort, boolean onDisk, boolean deletion) {
    /** In memory, on free ports, no deletion. */
    public static RegistrySpec of(String name) {
        return new RegistrySpec(name, Ports.ANY, Ports.ANY, false, false);
    }

    /** The same, keeping its data. */
    public RegistrySpec keptOnDisk() {
        return new RegistrySpec(name, port, managementPort, true, deletion);
    }

    /** The same, allowing deletion. */
    public RegistrySpec withDeletion() {
        return new RegistrySpec(name, port, managementPort, onDisk, true);
    }

    /** The same with that port for clients. */
    public RegistrySpec withPort(int clientPort) {
        return new RegistrySpec(name, clientPort, managementPort, onDisk, deletion);
    }

    /**
     * The same with free ports in place of {@link Ports#ANY}.
     *
     * @throws LocalStackException {@code LST-PORT} if a given one is in use
     */
    public RegistrySpec withClaimedPorts() {
        return new RegistrySpec(
                name,
                Ports.claim("registry " + name, port),
                Ports.claim("registry " + name + " (management)", managementPort),
                onDisk,
                deletion);
    }

    /** The core API, version 3, without a slash at the end. */
    public String url() {
        return "http://" + Ports.HOST + ":" + port + "/apis/registry/v3";
    }
}
