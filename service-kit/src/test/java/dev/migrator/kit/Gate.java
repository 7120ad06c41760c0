package dev.migrator.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before a real server, and can be shut: then connections break, as when the server is gone. */
public final class Gate implements AutoCloseable {
    private final ServerSocket entrance;
    private final URI behind;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean shut;

    public Gate(String url) {
        behind = URI.create(url);
        try {
            entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::admit);
    }

    /** The server's address, through the gate. */
    public String url() {
        return "http://127.0.0.1:" + entrance.getLocalPort() + behind.getPath();
    }

    public void shut() {
        shut = true;
        sockets.forEach(Gate::close);
    }

    public void open() {
        shut = false;
    }

    private void admit() {
        try {
            while (true) {
                Socket client = entrance.accept();
                if (shut) {
                    close(client);
                } else {
                    Socket server = new Socket(behind.getHost(), behind.getPort());
                    relay(client, server);
                    relay(server, client);
                }
            }
        } catch (IOException e) {
            sockets.forEach(Gate::close);
        }
    }

    private void relay(Socket from, Socket to) {
        sockets.add(from);
        Thread.ofVirtual().start(() -> {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                // one side is gone: so is the other, below
            } finally {
                close(from);
                close(to);
                sockets.remove(from);
            }
        });
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }
}
