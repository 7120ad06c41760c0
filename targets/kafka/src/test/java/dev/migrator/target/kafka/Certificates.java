package dev.migrator.target.kafka;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keys and certificates of one test, made with the JDK's own tool: an authority, and who it vouches for. */
record Certificates(Path folder) {
    static final String PASSWORD = "changeit-in-tests";
    private static final String AUTHORITY = "authority";

    static Certificates in(Path folder) throws Exception {
        var certificates = new Certificates(folder);
        certificates.keytool(
                AUTHORITY,
                "-genkeypair",
                "-alias",
                AUTHORITY,
                "-keyalg",
                "EC",
                "-dname",
                "CN=authority",
                "-ext",
                "bc:c");
        certificates.keytool(
                AUTHORITY, "-exportcert", "-alias", AUTHORITY, "-rfc", "-file", certificates.pem(AUTHORITY));
        certificates.keytool(
                "trusted", "-importcert", "-noprompt", "-alias", AUTHORITY, "-file", certificates.pem(AUTHORITY));
        return certificates;
    }

    /** A key store with a key that the authority vouches for. */
    Certificates vouchedFor(String name) throws Exception {
        keytool(name, "-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name);
        var request = folder.resolve(name + ".csr").toString();
        keytool(name, "-certreq", "-alias", name, "-file", request);
        keytool(
                AUTHORITY,
                "-gencert",
                "-alias",
                AUTHORITY,
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-rfc",
                "-infile",
                request,
                "-outfile",
                pem(name));
        keytool(name, "-importcert", "-noprompt", "-alias", AUTHORITY, "-file", pem(AUTHORITY));
        keytool(name, "-importcert", "-noprompt", "-alias", name, "-file", pem(name));
        return this;
    }

    /** A key store with a key that nobody vouches for. */
    Certificates strange(String name) throws Exception {
        keytool(name, "-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name);
        return this;
    }

    Map<String, String> trust() {
        return Map.of(
                "ssl.truststore.location",
                store("trusted"),
                "ssl.truststore.password",
                PASSWORD,
                "ssl.truststore.type",
                "PKCS12");
    }

    Map<String, String> keys(String name) {
        return Map.of(
                "ssl.keystore.location",
                store(name),
                "ssl.keystore.password",
                PASSWORD,
                "ssl.keystore.type",
                "PKCS12",
                "ssl.key.password",
                PASSWORD);
    }

    String pem(String name) {
        return folder.resolve(name + ".pem").toString();
    }

    private String store(String name) {
        return folder.resolve(name + ".p12").toString();
    }

    private void keytool(String store, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(
                List.of("-keystore", store(store), "-storetype", "PKCS12", "-storepass", PASSWORD, "-validity", "30"));
        var process =
                new ProcessBuilder(without(command)).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
    }

    /** How long it is valid is said only where something is signed. */
    private static List<String> without(List<String> command) {
        boolean signs = command.contains("-genkeypair") || command.contains("-gencert");
        return signs ? command : command.subList(0, command.size() - 2);
    }
}
