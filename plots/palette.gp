# Okabe and Ito's palette tells colours apart for every kind of colour vision.
# Where colours tell lines apart, shapes do so too.
blue       = '#0072B2'
sky        = '#56B4E9'
green      = '#009E73'
orange     = '#E69F00'
vermillion = '#D55E00'
purple     = '#CC79A7'
ink        = '#222222'
grey       = '#777777'
pale       = '#DDDDDD'
