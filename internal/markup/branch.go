package markup

import (
	"reflect"
	"text/template/parse"
)

// branch is {{if}} and {{with}}, which also moves dot.
func (c scope) branch(n *parse.BranchNode, with bool) (step, error) {
	defer c.inner()()
	var value func(*state) reflect.Value
	var e *expr
	var err error
	if len(n.Pipe.Decl) > 0 {
		value, e, err = c.declaration(n.Pipe)
	} else if e, err = c.pipe(n.Pipe); err == nil {
		value = e.value
	}
	if err != nil {
		return nil, err
	}
	inside := c
	if with {
		inside.dot = e.shape
	}
	list, err := inside.block(n.List)
	if err != nil {
		return nil, err
	}
	other, err := c.block(n.ElseList)
	if err != nil {
		return nil, err
	}
	if !with && len(n.Pipe.Decl) == 0 {
		truth, err := e.truth()
		if err != nil {
			return nil, err
		}
		return func(s *state) flow {
			if truth(s) {
				return list.run(s)
			}
			return other.run(s)
		}, nil
	}
	truth, err := truthOf(e.typ)
	if err != nil || value == nil {
		return nil, unknown(n.Pipe)
	}
	return func(s *state) flow {
		v := value(s)
		if !truth(v) {
			return other.run(s)
		}
		if !with {
			return list.run(s)
		}
		saved := s.dot
		s.dot = v
		x := list.run(s)
		s.dot = saved
		return x
	}, nil
}

// call is {{template "name" pipeline}}.
func (c scope) call(n *parse.TemplateNode) (step, error) {
	if n.Pipe == nil {
		b, err := c.template(n.Name, shape{})
		if err != nil {
			return nil, err
		}
		return func(s *state) flow {
			saved := s.dot
			s.dot = reflect.Value{}
			b.run(s)
			s.dot = saved
			return onward
		}, nil
	}
	if len(n.Pipe.Decl) > 0 {
		return nil, unknown(n)
	}
	e, err := c.pipe(n.Pipe)
	if err != nil {
		return nil, err
	}
	if e.typ == nil {
		return nil, unknown(n)
	}
	b, err := c.template(n.Name, e.shape)
	if err != nil {
		return nil, err
	}
	value := e.value
	return func(s *state) flow {
		saved := s.dot
		s.dot = value(s)
		b.run(s)
		s.dot = saved
		return onward
	}, nil
}
