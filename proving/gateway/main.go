// Command gateway serves the JSON paths of Lantern's contracts with grpc-gateway's defaults, over
// mutual TLS to the services: the peer of our edge.
//
// It prints "listening PORT" once it serves, and ends when its standard input does.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"

	// Error bodies name these types; without them they could not be written.
	_ "google.golang.org/genproto/googleapis/rpc/errdetails"

	counterv1 "lantern.invalid/gateway/gen/lantern/counter/v1"
	identityv1 "lantern.invalid/gateway/gen/lantern/identity/v1"
	orderv1 "lantern.invalid/gateway/gen/lantern/order/v1"
	playv1 "lantern.invalid/gateway/gen/lantern/play/v1"
	walletv1 "lantern.invalid/gateway/gen/lantern/wallet/v1"
)

type register func(context.Context, *runtime.ServeMux, string, []grpc.DialOption) error

// Which service answers which RPCs, as at the edge.
var services = map[string][]register{
	"order-center": {
		orderv1.RegisterOrderServiceHandlerFromEndpoint,
		playv1.RegisterPlayServiceHandlerFromEndpoint,
	},
	"wallet-api": {
		identityv1.RegisterIdentityServiceHandlerFromEndpoint,
		walletv1.RegisterWalletServiceHandlerFromEndpoint,
	},
	"counter-service": {counterv1.RegisterCounterServiceHandlerFromEndpoint},
}

func main() {
	certificate := flag.String("certificate", "", "PEM file")
	key := flag.String("key", "", "PEM file")
	authority := flag.String("authority", "", "PEM file of who signs the services' certificates")
	addresses := map[string]*string{}
	for name := range services {
		addresses[name] = flag.String(name, "", "host:port of "+name)
	}
	flag.Parse()
	if err := serve(*certificate, *key, *authority, addresses); err != nil {
		log.Fatal(err)
	}
}

func serve(certificate, key, authority string, addresses map[string]*string) error {
	config, err := identity(certificate, key, authority)
	if err != nil {
		return err
	}
	mux := runtime.NewServeMux()
	for name, registers := range services {
		own := config.Clone()
		own.ServerName = name
		dial := []grpc.DialOption{grpc.WithTransportCredentials(credentials.NewTLS(own))}
		for _, register := range registers {
			if err := register(context.Background(), mux, *addresses[name], dial); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println("listening", listener.Addr().(*net.TCPAddr).Port)
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	return http.Serve(listener, mux)
}

func identity(certificate, key, authority string) (*tls.Config, error) {
	pair, err := tls.LoadX509KeyPair(certificate, key)
	if err != nil {
		return nil, err
	}
	signer, err := os.ReadFile(authority)
	if err != nil {
		return nil, err
	}
	trusted := x509.NewCertPool()
	if !trusted.AppendCertsFromPEM(signer) {
		return nil, errors.New(authority + " holds no certificate")
	}
	return &tls.Config{
		Certificates: []tls.Certificate{pair},
		RootCAs:      trusted,
		MinVersion:   tls.VersionTLS12,
	}, nil
}
