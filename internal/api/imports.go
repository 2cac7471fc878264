package api

// imports keeps the rejected rows of recent imports until they are fetched.
type imports struct{}

func (s *Server) exchange() {}
