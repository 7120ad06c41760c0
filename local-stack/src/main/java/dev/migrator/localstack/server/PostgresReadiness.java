package dev.migrator.localstack.server;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The server asks for a password; while it starts it answers with an error instead (PostgreSQL, "Message Flow"). */
record PostgresReadiness(int port) implements Readiness {
    private static final int VERSION_3 = 3 << 16;
    private static final int MILLIS = 2_000;

    @Override
    public boolean isReady() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MILLIS);
            socket.setSoTimeout(MILLIS);
            socket.getOutputStream().write(startup());
            socket.getOutputStream().flush();
            return socket.getInputStream().read() == 'R';
        } catch (IOException _) {
            return false;
        }
    }

    private static byte[] startup() throws IOException {
        var body = new ByteArrayOutputStream();
        var words = new DataOutputStream(body);
        words.writeInt(VERSION_3);
        for (String word : new String[] {"user", PostgresSpec.ADMIN, "database", "postgres"}) {
            words.write(word.getBytes(StandardCharsets.UTF_8));
            words.writeByte(0);
        }
        words.writeByte(0);
        var message = new ByteArrayOutputStream();
        new DataOutputStream(message).writeInt(body.size() + Integer.BYTES);
        body.writeTo(message);
        return message.toByteArray();
    }
}
